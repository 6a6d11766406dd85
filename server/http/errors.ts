/** Errors of requests as JSON: a code, a message and the request's id. */
import { randomUUID } from 'node:crypto'
import type { H3Event } from 'h3'
import { getRequestHeader, send, setResponseHeader, setResponseStatus } from 'h3'
import { ChatRequestError } from '#shared/chat/request'
import type { AssistantError, ErrorBody, ErrorCode } from '#shared/errors'
import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'
import { localized } from '#shared/messages/message'
import type { Message } from '#shared/messages/message'
import { ZodError } from 'zod'
import { LoginError, ProviderError, TooManyAttemptsError } from '../auth/errors'
import { ClusterChoiceError } from '../core/connections/errors'
import { log } from '../core/log'
import { TooManySessionsError } from '../mcp/links/pool'
import { RancherError } from '../rancher/rancher'
import { TurnRefusedError } from '../turns/turns'
import { BodyTooLargeError } from './json-body'

/** A proxy's valid request id, otherwise our own. Also set on the response. */
export function requestIdOf(event: H3Event): string {
  const given = getRequestHeader(event, 'x-request-id')
  const requestId = given && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID()
  setResponseHeader(event, 'x-request-id', requestId)
  event.context.requestId = requestId
  return requestId
}

/** The request's origin is not allowed. */
export class ForbiddenError extends LocalizedError {
  constructor(detail: Message) {
    super(detail)
    this.name = 'ForbiddenError'
  }
}

/** The requested thing does not exist. */
export class NotFoundError extends LocalizedError {
  constructor(detail: Message) {
    super(detail)
    this.name = 'NotFoundError'
  }
}

const REFUSED = { 'turn-exists': 409, 'too-many-turns': 429, stopping: 503 }

/** Suggested delay before a retry when all sessions are in use. */
const BUSY_SECONDS = 30

export interface Problem {
  status: number
  code: ErrorCode
  detail: Message
  /** Seconds until a retry, if known. */
  retryAfterSeconds?: number | undefined
}

/** An error as HTTP and the WebSocket report it. */
export function classify(error: unknown): Problem {
  if (error instanceof TurnRefusedError) {
    const { code, detail, retryAfterSeconds } = error
    return { status: REFUSED[code], code, detail, retryAfterSeconds }
  }
  if (error instanceof LoginError) return { status: 401, code: 'login-needed', detail: error.detail }
  if (error instanceof TooManyAttemptsError) {
    const { detail, retryAfterSeconds } = error
    return { status: 429, code: 'too-many-attempts', detail, retryAfterSeconds }
  }
  if (error instanceof ChatRequestError) return { status: 400, code: 'bad-request', detail: error.detail }
  if (error instanceof ClusterChoiceError) return { status: 400, code: 'cluster-choice', detail: error.detail }
  if (error instanceof ProviderError) return { status: 503, code: 'provider-down', detail: error.detail }
  if (error instanceof RancherError) return { status: 503, code: 'rancher-down', detail: error.detail }
  if (error instanceof TooManySessionsError)
    return { status: 503, code: 'too-many-turns', detail: error.detail, retryAfterSeconds: BUSY_SECONDS }
  if (error instanceof ForbiddenError) return { status: 403, code: 'forbidden', detail: error.detail }
  if (error instanceof NotFoundError) return { status: 404, code: 'turn-not-found', detail: error.detail }
  if (error instanceof ZodError || error instanceof SyntaxError)
    return {
      status: 400,
      code: 'bad-request',
      detail: msg('socket-message-invalid', { file: 'shared/chat/turn-socket.ts' }),
    }
  if (error instanceof BodyTooLargeError) return { status: 413, code: 'body-too-large', detail: error.detail }
  // Also if Node gave up a request that was too slow.
  if (isGone(error)) return { status: 400, code: 'bad-request', detail: msg('request-broke') }
  return { status: 500, code: 'internal', detail: msg('unexpected') }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
}

export function errorOf({ code, detail }: Problem, requestId: string): AssistantError {
  return { code, message: detail.text, localized: localized(detail), requestId }
}

/** Sends `{ error: AssistantError }`. */
export async function answerError(event: H3Event, error: unknown): Promise<undefined> {
  const problem = classify(error)
  const { status, code, detail, retryAfterSeconds } = problem
  const requestId: string = String(event.context.requestId ?? requestIdOf(event))
  if (status === 500) log.error({ err: error, requestId }, 'request failed')
  else log.info({ code, requestId }, detail.text)
  const body: ErrorBody = { error: errorOf(problem, requestId) }
  setResponseStatus(event, status)
  // The rest of a body that is too large is not read, so the connection cannot be reused.
  if (status === 413) setResponseHeader(event, 'connection', 'close')
  if (status === 401) setResponseHeader(event, 'www-authenticate', 'Bearer')
  if (retryAfterSeconds !== undefined) setResponseHeader(event, 'retry-after', retryAfterSeconds)
  await send(event, JSON.stringify(body), 'application/json')
  return undefined
}
