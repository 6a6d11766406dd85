/** Reads a turn over server-sent events. */
import { parseJsonEventStream, uiMessageChunkSchema, type UIMessageChunk } from 'ai'
import { ChatRequestError, readProblem } from '../chat/chatProblem'
import { serverFetch } from '../connection/serverFetch'
import { FeedBrokenError, TurnGoneError, type TurnFeed } from './turnFeed'

/** The server sends a comment every 15 s: longer silence means a dead connection. Milliseconds. */
const silence = 40_000

/**
 * Requests a stream.
 * @throws TurnGoneError for 204, ChatRequestError for an error response, TypeError without a response
 */
export async function openSseFeed(url: string, init: RequestInit): Promise<TurnFeed> {
  const response = await serverFetch(url, init)
  if (response.status === 204) throw new TurnGoneError()
  if (!response.ok) throw new ChatRequestError(await readProblem(response), response.status)
  if (!response.body) throw new FeedBrokenError('a response without a body')
  return parseJsonEventStream({
    stream: failWhenSilent(response.body, silence),
    schema: uiMessageChunkSchema,
  }).pipeThrough(
    new TransformStream<ParsedChunk, UIMessageChunk>({
      transform(parsed, controller) {
        if (parsed.success) controller.enqueue(parsed.value)
        else controller.error(parsed.error)
      },
    }),
  )
}

type ParsedChunk = { success: true; value: UIMessageChunk } | { success: false; error: Error }

/**
 * Fails a stream that was silent for too long after its first byte. Without a first byte a buffering proxy may just be
 * slow.
 * @param limit milliseconds
 */
export function failWhenSilent(body: ReadableStream<Uint8Array<ArrayBuffer>>, limit: number): typeof body {
  let timer: ReturnType<typeof setTimeout> | undefined
  return body.pipeThrough(
    new TransformStream({
      transform(bytes, controller) {
        clearTimeout(timer)
        timer = setTimeout(() => controller.error(new FeedBrokenError('the connection went silent')), limit)
        controller.enqueue(bytes)
      },
      flush() {
        clearTimeout(timer)
      },
    }),
  )
}
