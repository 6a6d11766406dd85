/** Errors of requests as JSON, with a code, words and the request's id. */
import { randomUUID } from 'node:crypto'
import type { H3Event } from 'h3'
import { getRequestHeader, send, setResponseHeader, setResponseStatus } from 'h3'
import { ChatRequestError } from '#shared/chat-request'
import type { AssistantError, ErrorCode } from '#shared/errors'
import { ZodError } from 'zod'
import { LoginError, TooManyAttemptsError } from '../auth/errors'
import { log } from '../core/log'
import { TurnRefusedError } from '../turns/turns'
import { BodyTooLargeError } from './json-body'

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

/** There is no such thing. */
export class NotFoundError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NotFoundError'
  }
}

const REFUSED = { 'turn-exists': 409, 'too-many-turns': 429, stopping: 503 }

export interface Problem {
  status: number
  code: ErrorCode
  message: string
  /** When to try again, where that is known. */
  retryAfterSeconds?: number | undefined
}

/** An error of a request, as HTTP and the WebSocket tell it. */
export function classify(error: unknown): Problem {
  if (error instanceof TurnRefusedError) {
    const { code, message, retryAfterSeconds } = error
    return { status: REFUSED[code], code, message, retryAfterSeconds }
  }
  if (error instanceof LoginError) return { status: 401, code: 'login-needed', message: error.message }
  if (error instanceof TooManyAttemptsError) {
    const { message, retryAfterSeconds } = error
    return { status: 429, code: 'too-many-attempts', message, retryAfterSeconds }
  }
  if (error instanceof ChatRequestError) return { status: 400, code: 'bad-request', message: error.message }
  if (error instanceof ForbiddenError) return { status: 403, code: 'forbidden', message: error.message }
  if (error instanceof NotFoundError) return { status: 404, code: 'turn-not-found', message: error.message }
  if (error instanceof ZodError || error instanceof SyntaxError)
    return { status: 400, code: 'bad-request', message: 'The message is not in the format of shared/turn-socket.ts.' }
  if (error instanceof BodyTooLargeError) return { status: 413, code: 'body-too-large', message: error.message }
  // Also where Node gave it up, as too slow.
  if (isGone(error)) return { status: 400, code: 'bad-request', message: 'The request broke off.' }
  return { status: 500, code: 'internal', message: 'Something went wrong in the server. Its log has the details.' }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
}

/** Answers `{ error: AssistantError }`. */
export async function answerError(event: H3Event, error: unknown): Promise<undefined> {
  const { status, code, message, retryAfterSeconds } = classify(error)
  const requestId: string = String(event.context.requestId ?? requestIdOf(event))
  if (status === 500) log.error({ err: error, requestId }, 'request failed')
  else log.info({ code, requestId }, message)
  const body: { error: AssistantError } = { error: { code, message, requestId } }
  setResponseStatus(event, status)
  // What is left of a body that is too large is not read: the connection cannot be used again.
  if (status === 413) setResponseHeader(event, 'connection', 'close')
  if (status === 401) setResponseHeader(event, 'www-authenticate', 'Bearer')
  if (retryAfterSeconds !== undefined) setResponseHeader(event, 'retry-after', retryAfterSeconds)
  await send(event, JSON.stringify(body), 'application/json')
  return undefined
}
