/** A reading of a turn over server-sent events. */
import { parseJsonEventStream, uiMessageChunkSchema, type UIMessageChunk } from 'ai'
import { ChatRequestError, readProblem } from '../chat/chatProblem'
import { serverFetch } from '../connection/serverFetch'
import { FeedBrokenError, TurnGoneError, type TurnFeed } from './turnFeed'

/** The server writes a comment every 15 s: without a byte for so long, nobody is there any more. Milliseconds. */
const silence = 40_000

/**
 * Asks for a stream.
 * @throws TurnGoneError for 204, ChatRequestError for an answer that is no success, TypeError where none came
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
 * Breaks a stream that has begun and then brings no byte for so long. One that has not begun is left alone: a proxy that
 * holds everything back until the end is slow, and not dead.
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
