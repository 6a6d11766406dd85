/** Writes the UI message stream to a Node response, waiting where the client reads slowly. */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Turn } from '../turns/turn'
import { UiChunkWriter } from './ui-chunks'

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
 * Streams a turn from its start; `start` is written at once. Resolves when the turn has ended or the client has gone.
 * @param client aborts when the client has gone
 */
export async function writeSse(response: ServerResponse, turn: Turn, client: AbortSignal): Promise<void> {
  const writer = new UiChunkWriter(turn.info)
  response.writeHead(200, HEADERS)
  const keepalive = setInterval(() => response.write(': ping\n\n'), KEEPALIVE_MS)
  const write = (chunks: object[]): boolean => {
    if (chunks.length === 0 || response.destroyed) return true
    return response.write(chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join(''))
  }
  try {
    write(writer.start())
    for await (const event of turn.events(client)) {
      if (!write(writer.next(event))) await once(response, 'drain', { signal: client }).catch(() => undefined)
    }
    if (!response.destroyed) response.write('data: [DONE]\n\n')
  } finally {
    clearInterval(keepalive)
    response.end()
  }
}
