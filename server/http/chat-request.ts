/** Reads a chat request and its preferred answer format. */
import type { IncomingMessage } from 'node:http'
import { parseChatRequest } from '#shared/chat/request'
import type { ChatRequest } from '#shared/chat/request'
import { readJsonBody } from './json-body'

/** @throws BodyTooLargeError, ChatRequestError */
export async function readChatRequest(request: IncomingMessage): Promise<ChatRequest> {
  return parseChatRequest(await readJsonBody(request))
}

/**
 * Chooses the answer format. An unambiguous `Accept` decides; otherwise a bare array gets JSON and `{ messages }` a
 * stream.
 */
export function preferredAnswer(accept: string | undefined, bare: boolean): 'sse' | 'json' {
  const sse = /text\/event-stream/i.test(accept ?? '')
  const json = /application\/json/i.test(accept ?? '')
  if (sse !== json) return sse ? 'sse' : 'json'
  return bare ? 'json' : 'sse'
}
