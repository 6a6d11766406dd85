/** Writes the UI message stream to a Node response, waiting where the client reads slowly. */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { TurnEvent } from '../agent/events'
import { UiChunkWriter } from './ui-chunks'
import type { TurnInfo } from './ui-chunks'

/** As `UI_MESSAGE_STREAM_HEADERS` of the AI SDK 7, and no transformation by proxies. */
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  connection: 'keep-alive',
  'x-vercel-ai-ui-message-stream': 'v1',
  'x-accel-buffering': 'no',
}

/** Proxies close a silent connection; a cold model is silent for minutes. */
const KEEPALIVE_MS = 15_000

/**
 * Streams a turn. `start` is written at once. Resolves when the turn has ended or the client has gone.
 */
export async function writeSse(
  response: ServerResponse,
  turn: AsyncIterable<TurnEvent>,
  info: TurnInfo,
): Promise<void> {
  const writer = new UiChunkWriter(info)
  response.writeHead(200, HEADERS)
  const keepalive = setInterval(() => response.write(': ping\n\n'), KEEPALIVE_MS)
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const write = async (chunks: object[]): Promise<void> => {
    if (chunks.length === 0 || response.destroyed) return
    const more = response.write(chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join(''))
    if (!more) await once(response, 'drain', { signal: gone.signal }).catch(() => undefined)
  }
  try {
    await write(writer.start())
    for await (const event of turn) {
      if (event.type === 'error') await write([...writer.next(event), { type: 'error', errorText: event.message }])
      else await write(writer.next(event))
    }
    if (!response.destroyed) response.write('data: [DONE]\n\n')
  } finally {
    clearInterval(keepalive)
    response.end()
  }
}
