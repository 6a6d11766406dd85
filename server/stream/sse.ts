/** Writes the UI message stream to a Node response, at the client's pace. */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import type { AppUIMessageChunk } from '#shared/chat/ui-message'
import type { TurnEvent } from '../agent/events'
import type { Turn } from '../turns/turn'
import { resultBytes } from '../results/size'
import { jsonPieces } from './json-pieces'
import { UiChunkWriter } from './ui-chunks'

/** `UI_MESSAGE_STREAM_HEADERS` of the AI SDK 7, plus no transformation by proxies. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  connection: 'keep-alive',
  'x-vercel-ai-ui-message-stream': 'v1',
  'x-accel-buffering': 'no',
}

/** Proxies close silent connections; a cold model is silent for minutes. */
const KEEPALIVE_MS = 15_000

/** Characters written at once. */
const PIECE_CHARS = 16 * 1024

/** Smaller results are written like all else. In bytes. */
const LARGE_BYTES = 64 * 1024

/** How long writing a result may block other answers, in milliseconds. */
const SLICE_MS = 10

/**
 * Streams a turn from its start; writes `start` at once. Resolves when the turn has ended or the client has
 * disconnected.
 * @param client aborts when the client has disconnected
 */
export async function writeSse(response: ServerResponse, turn: Turn, client: AbortSignal): Promise<void> {
  const writer = new UiChunkWriter(turn.info)
  response.writeHead(200, HEADERS)
  let isInEvent = false
  const keepalive = setInterval(() => isInEvent || response.write(': ping\n\n'), KEEPALIVE_MS)
  try {
    write(response, writer.start())
    for await (const event of turn.events(client)) {
      const chunks = writer.next(event)
      isInEvent = true
      if (isLarge(event)) for (const chunk of chunks) await writeLarge(response, chunk, client)
      else if (!write(response, chunks)) await drained(response, client)
      isInEvent = false
    }
    if (!response.destroyed) response.write('data: [DONE]\n\n')
  } finally {
    clearInterval(keepalive)
    response.end()
  }
}

function isLarge(event: TurnEvent): boolean {
  return event.type === 'tool-result' && resultBytes(event.outcome.forPerson) > LARGE_BYTES
}

/** @returns whether more may be written at once */
function write(response: ServerResponse, chunks: AppUIMessageChunk[]): boolean {
  if (chunks.length === 0 || response.destroyed) return true
  let text = ''
  for (const chunk of chunks) text += `data: ${JSON.stringify(chunk)}\n\n`
  return response.write(text)
}

/** Writes up to megabytes, letting the event loop turn meanwhile. */
async function writeLarge(response: ServerResponse, chunk: AppUIMessageChunk, client: AbortSignal): Promise<void> {
  let begun = performance.now()
  let pending = 'data: '
  for (const piece of jsonPieces(chunk)) {
    if (response.destroyed) return
    pending += piece
    if (pending.length < PIECE_CHARS) continue
    const mayGoOn = response.write(pending)
    pending = ''
    if (!mayGoOn) await drained(response, client)
    else if (performance.now() - begun > SLICE_MS) await setImmediate()
    else continue
    begun = performance.now()
  }
  if (!response.destroyed && !response.write(`${pending}\n\n`)) await drained(response, client)
}

/** Resolves when more may be written, or `client` has disconnected. */
async function drained(response: ServerResponse, client: AbortSignal): Promise<void> {
  await once(response, 'drain', { signal: client }).catch(() => undefined)
}
