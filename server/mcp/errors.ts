/** Classifies errors of the MCP SDK: the session's, so that it must be reopened, or the call's. */
import { SseError } from '@modelcontextprotocol/sdk/client/sse.js'
import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js'
import { msg, quotedWords } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'
import type { Message } from '#shared/messages/message'
import { z } from 'zod'
import { cleanMessage, cleanText } from '../results'

/** No session: the server is unreachable or did not recover in time. */
export class McpUnavailableError extends LocalizedError {
  constructor(reason: Message) {
    super(reason)
    this.name = 'McpUnavailableError'
  }
}

/** The session was lost during a request, which the server may or may not have run. */
export class SessionLostError extends McpUnavailableError {
  /** False if the request did not reach a server that knew the session. */
  readonly mayHaveRun: boolean

  constructor(reason: Message, cause: unknown) {
    super(msg('mcp-session-lost', { reason }))
    this.name = 'SessionLostError'
    this.mayHaveRun = !neverArrived(cause)
  }
}

/**
 * A refused connection, or a server that does not know the session, ran nothing. Anything else may have run it,
 * including a reset after the request was read.
 */
function neverArrived(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof StreamableHTTPError) return error.code === 404
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND'
}

/**
 * - `session`: the connection or the server's session state is gone; only a new session helps.
 * - `timeout`: the server accepted the request but did not answer in time.
 * - `call`: the server answered with an error.
 */
export type McpFault = 'session' | 'timeout' | 'call'

/** Classifies what `client.callTool`, `listTools` and `ping` throw. Rule out an abort by the caller before. */
export function faultOf(error: unknown): McpFault {
  if (error instanceof McpError) {
    if (error.code === ErrorCode.ConnectionClosed) return 'session'
    if (error.code === ErrorCode.RequestTimeout) return 'timeout'
    return 'call'
  }
  if (error instanceof SseError) return 'session'
  if (error instanceof StreamableHTTPError) return statusFault(error.code, error.message)
  if (error instanceof TypeError) return 'session' // `fetch failed`, `terminated`.
  if (!(error instanceof Error)) return 'call'
  const status = statusOf(error)
  if (status !== undefined) return statusFault(status, error.message)
  return /^(not connected|connection closed|write EPIPE|read ECONNRESET)/i.test(error.message) ? 'session' : 'call'
}

/**
 * A server that lost its sessions answers 404 forever, since the SDK does not initialise again (typescript-sdk#1708);
 * some answer 400. Any other status concerns only this call: a proxy's 429 must not end everyone's session.
 */
function statusFault(status: number | undefined, words: string): McpFault {
  if (status === undefined || status < 0 || status === 404) return 'session'
  return status === 400 && /session/i.test(words) ? 'session' : 'call'
}

/** Over SSE the SDK reports a POST's status only in its message. */
function statusOf(error: Error): number | undefined {
  if (error instanceof StreamableHTTPError) return error.code
  const status = /\(HTTP (\d+)\)/.exec(error.message)?.[1]
  return status === undefined ? undefined : Number(status)
}

/**
 * Whether a call may have run in spite of this error. It has not if the server itself denies it; a gateway's error or an
 * unreadable response says nothing about the call.
 */
export function mayHaveRun(error: unknown): boolean {
  if (error instanceof SessionLostError) return error.mayHaveRun
  if (error instanceof McpUnavailableError) return false
  if (error instanceof McpError) return faultOf(error) !== 'call'
  const status = error instanceof Error ? statusOf(error) : undefined
  return status === undefined || status >= 500
}

/** The SDK's report of a response after its call timed out: it quotes the whole result. */
export function isLateReply(error: Error): boolean {
  return /^(Received a (response|progress notification) for an unknown|Unknown message type)/.test(error.message)
}

/** Longer messages quote something. The end is kept too, since kubectl gives its reason after the quote. */
const MAX_WORDS = 500
const MAX_END = 250

/** An error's message with those of its causes, redacted and bounded: `fetch failed` alone explains nothing. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return plainWords(String(error))
  // A parser's message does not help the user.
  if (error instanceof SyntaxError || error instanceof z.core.$ZodError) return msg('mcp-unreadable').text
  const cause = error.cause instanceof Error ? causeWords(error.cause) : ''
  return plainWords(cause && !error.message.includes(cause) ? `${error.message}: ${cause}` : error.message)
}

/** The error as a sentence for the user: our own message, if it has one. */
export function reasonOf(error: unknown): Message {
  const own = [error, error instanceof Error ? error.cause : undefined].find((each) => each instanceof LocalizedError)
  if (own instanceof LocalizedError) return cleanMessage(own.detail)
  if (error instanceof SyntaxError || error instanceof z.core.$ZodError) return msg('mcp-unreadable')
  return quotedWords(wordsOf(error))
}

/** A server's text, safe for status and log. */
export function plainWords(text: string): string {
  const words = cleanText(text).trim()
  if (words.length <= MAX_WORDS) return words
  return `${words.slice(0, MAX_WORDS - MAX_END)} … ${words.slice(-MAX_END)}`
}

function causeWords(cause: Error): string {
  const inner = cause instanceof AggregateError ? cause.errors.find((each) => each instanceof Error) : undefined
  return cause.message || (inner instanceof Error ? inner.message : cause.name)
}
