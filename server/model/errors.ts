/** What goes wrong between us and a model server → a ModelError whose message says what to do. */
import { APIError } from 'openai'
import { ZodError } from 'zod'
import { describeStatus, isHtml } from './status-errors'
import { ModelError } from './types'

export interface ErrorContext {
  /** Name of the model. */
  model: string
  /** Origin of the server, without credentials. */
  origin: string
  /** A part of the answer had arrived. */
  started: boolean
}

/**
 * @param error what the openai package, fetch or a parser threw
 */
export function toModelError(error: unknown, context: ErrorContext): ModelError {
  if (error instanceof ModelError) return error
  if (error instanceof APIError && error.status !== undefined) return statusError(error, error.status, context)
  if (error instanceof APIError && error.error !== undefined) {
    return new ModelError('model-cut', endedWith(error.message))
  }
  if (error instanceof ZodError || error instanceof SyntaxError) {
    const message = `What ${context.origin} sent is not in the format of /v1/chat/completions. Check that OLLAMA_BASE_URL is an Ollama, or another OpenAI-compatible server.`
    return new ModelError('model-bad-response', message, { cause: error })
  }
  return connectionError(error, context)
}

/** @param words of an error that a server sent in mid-stream */
export function endedWith(words: string): string {
  return `The model server ended the answer with an error: ${quote(words)}`
}

function statusError(error: APIError, status: number, context: ErrorContext): ModelError {
  const body = error.error === undefined ? '' : messageOf(error.error)
  // Without a JSON body the SDK's message is the status and the body's text.
  const text = error.error === undefined ? error.message.replace(/^\d+ /, '') : ''
  const html = error.error === undefined && isHtml(text, error.headers?.get('content-type'))
  const { code, message } = describeStatus(
    { status, words: quote(body || (html ? '' : text)), json: body !== '', html },
    context,
  )
  const retryAfterMs = retryAfter(error.headers?.get('retry-after'))
  return new ModelError(code, message, { ...(retryAfterMs !== undefined && { retryAfterMs }) })
}

/** Seconds by RFC 9110; a date is left out: clocks differ. */
function retryAfter(value: string | null | undefined): number | undefined {
  return value && /^\d{1,5}$/.test(value) ? Number(value) * 1000 : undefined
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message)
  return JSON.stringify(error)
}

/** Nothing listens, no such host, refused certificates, resets: told apart by the codes of Node and undici. */
function connectionError(error: unknown, { origin, started }: ErrorContext): ModelError {
  const chain = causes(error)
  const code = chain.map((each) => ('code' in each ? each.code : undefined)).find((each) => typeof each === 'string')
  const options = { cause: error }
  if (started) {
    const message = `The connection to the model server broke in the middle of the answer${code ? ` (${code})` : ''}. Its log says why: often it ran out of memory or was restarted. Try again.`
    return new ModelError('model-cut', message, options)
  }
  if (chain.some((each) => each.message === 'unexpected redirect')) {
    const message = `${origin} answers with a redirect, which is not followed. Set OLLAMA_BASE_URL to the address it leads to.`
    return new ModelError('model-bad-response', message, options)
  }
  return new ModelError('model-unreachable', unreachable(origin, code, chain.at(-1)?.message), options)
}

function unreachable(origin: string, code: string | undefined, words: string | undefined): string {
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing listens at ${origin} (connection refused). Start the model server (\`ollama serve\`), or set OLLAMA_BASE_URL to where it runs.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name of the model server in ${origin} is not known here (${code}). Check OLLAMA_BASE_URL.`
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return `The model server at ${origin} closed the connection before it answered (${code}). Its log says why: often it ran out of memory or was restarted. Try again.`
    default:
      return `The model server at ${origin} cannot be reached (${code ?? quote(words ?? 'no reason given')}). Check that it runs, and OLLAMA_BASE_URL.`
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

/** A server's own words, on one line and bounded. */
function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > MAX_QUOTE ? `${line.slice(0, MAX_QUOTE)}…` : line
}
