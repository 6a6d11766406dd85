/** Converts failures of a model server to ModelErrors whose message says what to do. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { APIError } from 'openai'
import { ZodError } from 'zod'
import { brokenCall } from './frames/broken-call'
import { contextLengthError } from './context-length'
import { describeStatus, isHtml } from './status-errors'
import { ModelError } from './types'

export interface ErrorContext {
  model: string
  /** Origin of the server, without credentials. */
  origin: string
  /** Part of the answer had arrived. */
  started: boolean
}

/** @param error from the openai package, fetch or a parser */
export function toModelError(error: unknown, context: ErrorContext): ModelError {
  if (error instanceof ModelError) return error
  if (error instanceof APIError && error.status !== undefined) return statusError(error, error.status, context)
  if (error instanceof APIError && error.error !== undefined) {
    return brokenCall(error.message) ?? new ModelError('model-cut', endedWith(error.message))
  }
  if (error instanceof ZodError || error instanceof SyntaxError) {
    const detail = msg('model-bad-format', { origin: context.origin })
    return new ModelError('model-bad-response', detail, { cause: error })
  }
  return connectionError(error, context)
}

/** @param words message of an error that a server sent in mid-stream */
export function endedWith(words: string): Message {
  return msg('model-ended', { words: quote(words) })
}

function statusError(error: APIError, status: number, context: ErrorContext): ModelError {
  const body = error.error === undefined ? '' : messageOf(error.error)
  // Without a JSON body the SDK's message is the status and the body's text.
  const text = error.error === undefined ? error.message.replace(/^\d+ /, '') : ''
  const html = error.error === undefined && isHtml(text, error.headers?.get('content-type'))
  const words = quote(body || (html ? '' : text))
  const known = brokenCall(words) ?? contextLengthError(words)
  if (known) return known
  const { code, detail } = describeStatus({ status, words, json: body !== '', html }, context)
  const retryAfterMs = retryAfter(error.headers?.get('retry-after'))
  const isTransient = status >= 500 && code === 'model-bad-response' && !html
  return new ModelError(code, detail, { isTransient, ...(retryAfterMs !== undefined && { retryAfterMs }) })
}

/** Seconds by RFC 9110; dates are ignored, since clocks differ. */
function retryAfter(value: string | null | undefined): number | undefined {
  return value && /^\d{1,5}$/.test(value) ? Number(value) * 1000 : undefined
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message)
  return JSON.stringify(error)
}

/**
 * Distinguishes refused connections, unknown hosts, rejected certificates and resets by the codes of Node and undici.
 */
function connectionError(error: unknown, { origin, started }: ErrorContext): ModelError {
  const chain = causes(error)
  const code = chain.map((each) => ('code' in each ? each.code : undefined)).find((each) => typeof each === 'string')
  const options = { cause: error }
  if (started) {
    const detail = code ? msg('model-broke-code', { code }) : msg('model-broke')
    return new ModelError('model-cut', detail, options)
  }
  if (chain.some((each) => each.message === 'unexpected redirect')) {
    return new ModelError('model-bad-response', msg('model-redirect', { origin }), options)
  }
  return new ModelError('model-unreachable', unreachable(origin, code, chain.at(-1)?.message), options)
}

function unreachable(origin: string, code: string | undefined, words: string | undefined): Message {
  switch (code) {
    case 'ECONNREFUSED':
      return msg('model-connection-refused', { origin })
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return msg('model-unknown-host', { origin, code })
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return msg('model-closed', { origin, code })
    default: {
      const reason = code ?? (words === undefined ? msg('model-no-reason') : quote(words))
      return msg('model-unreachable', { origin, reason })
    }
  }
}

function causes(error: unknown): Error[] {
  const chain: Error[] = []
  let current = error
  while (current instanceof Error && chain.length < 8) {
    chain.push(current)
    current = current instanceof AggregateError ? current.errors[0] : current.cause
  }
  return chain
}

const MAX_QUOTE = 300

/** A server's message, on one line and bounded. */
function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > MAX_QUOTE ? `${line.slice(0, MAX_QUOTE)}…` : line
}
