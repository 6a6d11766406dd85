/** Errors of requests as JSON, with a code, words and the request's id. */
import { randomUUID } from 'node:crypto'
import type { H3Event } from 'h3'
import { getRequestHeader, send, setResponseHeader, setResponseStatus } from 'h3'
import { ChatRequestError } from '#shared/chat-request'
import type { AssistantError, ErrorCode } from '#shared/errors'
import { log } from '../log'
import { BodyTooLargeError } from './chat-request'

/** A proxy's id where it is one, else our own. Also set on the response. */
export function requestIdOf(event: H3Event): string {
  const given = getRequestHeader(event, 'x-request-id')
  const requestId = given && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID()
  setResponseHeader(event, 'x-request-id', requestId)
  event.context.requestId = requestId
  return requestId
}

/** The request may not be made from there. */
export class ForbiddenError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ForbiddenError'
  }
}

function classify(error: unknown): { status: number; code: ErrorCode; message: string } {
  if (error instanceof ChatRequestError) return { status: 400, code: 'bad-request', message: error.message }
  if (error instanceof ForbiddenError) return { status: 403, code: 'forbidden', message: error.message }
  if (error instanceof BodyTooLargeError) return { status: 413, code: 'body-too-large', message: error.message }
  return { status: 500, code: 'internal', message: 'Something went wrong in the server. Its log has the details.' }
}

/** Answers `{ error: AssistantError }`. */
export async function answerError(event: H3Event, error: unknown): Promise<undefined> {
  const { status, code, message } = classify(error)
  const requestId: string = String(event.context.requestId ?? requestIdOf(event))
  if (status === 500) log.error({ err: error, requestId }, 'request failed')
  else log.info({ code, requestId }, message)
  const body: { error: AssistantError } = { error: { code, message, requestId } }
  setResponseStatus(event, status)
  // What is left of a body that is too large is not read: the connection cannot be used again.
  if (status === 413) setResponseHeader(event, 'connection', 'close')
  await send(event, JSON.stringify(body), 'application/json')
  return undefined
}
