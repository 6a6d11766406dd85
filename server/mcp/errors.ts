/** Whose fault an error of the MCP SDK is: the session's, so that it must be built anew, or the call's. */
import { SseError } from '@modelcontextprotocol/sdk/client/sse.js'
import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import { cleanText } from '../results'

/** No session could be had: the server cannot be reached, or did not come back in time. */
export class McpUnavailableError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'McpUnavailableError'
  }
}

/** The session was lost while a request was under way: whether the server ran it is another matter. */
export class SessionLostError extends McpUnavailableError {
  /** False where the request did not reach a server that knew the session. */
  readonly mayHaveRun: boolean

  constructor(reason: string, cause: unknown) {
    super(`The session with the MCP server was lost during the call: ${reason}`)
    this.name = 'SessionLostError'
    this.mayHaveRun = !neverArrived(cause)
  }
}

/**
 * Refused connections, and a server that says that it does not know the session, ran nothing. Anything else may have: also
 * a reset, which can come after the request was read.
 */
function neverArrived(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof StreamableHTTPError) return error.code === 404
  const { cause } = error
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND'
}

/**
 * - `session`: the link or the server's memory of us is gone; only a new session helps.
 * - `timeout`: the server took the request and did not answer in time.
 * - `call`: the server answered with an error.
 */
export type McpFault = 'session' | 'timeout' | 'call'

/** Classifies what `client.callTool`, `listTools` and `ping` throw. An abort by the caller is to be ruled out before. */
export function faultOf(error: unknown): McpFault {
  if (error instanceof McpError) {
    if (error.code === ErrorCode.ConnectionClosed) return 'session'
    if (error.code === ErrorCode.RequestTimeout) return 'timeout'
    return 'call'
  }
  if (error instanceof SseError) return 'session'
  if (error instanceof StreamableHTTPError) return statusFault(error.code, error.message)
  if (error instanceof TypeError) return 'session' // fetch failed, terminated
  if (!(error instanceof Error)) return 'call'
  const status = statusOf(error)
  if (status !== undefined) return statusFault(status, error.message)
  return /^(not connected|connection closed|write EPIPE|read ECONNRESET)/i.test(error.message) ? 'session' : 'call'
}

/**
 * A server that lost its sessions answers 404 for ever, since the SDK does not initialise again (typescript-sdk#1708);
 * some say 400. Any other status is of this call alone: a proxy's 429 must not end everybody's session.
 */
function statusFault(status: number | undefined, words: string): McpFault {
  if (status === undefined || status < 0 || status === 404) return 'session'
  return status === 400 && /session/i.test(words) ? 'session' : 'call'
}

/** Over SSE the SDK tells the status of a POST in its words alone. */
function statusOf(error: Error): number | undefined {
  if (error instanceof StreamableHTTPError) return error.code
  const status = /\(HTTP (\d+)\)/.exec(error.message)?.[1]
  return status === undefined ? undefined : Number(status)
}

/**
 * Whether a call that was sent may have had its effect though all that is known of it is this error. It has not where the
 * server itself says so; an error of a gateway, or an answer that cannot be read, says nothing of what became of the call.
 */
export function mayHaveRun(error: unknown): boolean {
  if (error instanceof SessionLostError) return error.mayHaveRun
  if (error instanceof McpUnavailableError) return false
  if (error instanceof McpError) return faultOf(error) !== 'call'
  const status = error instanceof Error ? statusOf(error) : undefined
  return status === undefined || status >= 500
}

/** What the SDK reports of a reply that came after its call was given up: it quotes the whole result. */
export function isLateReply(error: Error): boolean {
  return /^(Received a (response|progress notification) for an unknown|Unknown message type)/.test(error.message)
}

const UNREADABLE = 'The MCP server answered with something that is not in the format of MCP.'

/** Longer words than this quote something; kubectl says its reason after what it quotes, so that the end is kept too. */
const MAX_WORDS = 500
const MAX_END = 250

/** An error's words, redacted and bounded, with those of its cause: `fetch failed` alone says nothing. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return plainWords(String(error))
  // What a parser says of an answer helps nobody who asked a question.
  if (error instanceof SyntaxError || error instanceof z.core.$ZodError) return UNREADABLE
  const cause = error.cause instanceof Error ? causeWords(error.cause) : ''
  return plainWords(cause && !error.message.includes(cause) ? `${error.message}: ${cause}` : error.message)
}

/** What a server wrote, fit for status and log. */
export function plainWords(text: string): string {
  const words = cleanText(text).trim()
  if (words.length <= MAX_WORDS) return words
  return `${words.slice(0, MAX_WORDS - MAX_END)} … ${words.slice(-MAX_END)}`
}

function causeWords(cause: Error): string {
  const inner = cause instanceof AggregateError ? cause.errors.find((each) => each instanceof Error) : undefined
  return cause.message || (inner instanceof Error ? inner.message : cause.name)
}
