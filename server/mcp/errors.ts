/** Whose fault an error of the MCP SDK is: the session's, so that it must be built anew, or the call's. */
import { SseError } from '@modelcontextprotocol/sdk/client/sse.js'
import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js'

/** No session could be had: the server cannot be reached, or did not come back in time. */
export class McpUnavailableError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'McpUnavailableError'
  }
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
  // A server that lost its sessions answers 404 for ever: the SDK does not initialise again (typescript-sdk#1708).
  if (error instanceof StreamableHTTPError) return error.code === 401 || error.code === 403 ? 'call' : 'session'
  if (error instanceof TypeError) return 'session' // fetch failed, terminated
  if (
    error instanceof Error &&
    /\(HTTP (?!401|403)\d+\)|not connected|connection closed|EPIPE|ECONNRE/i.test(error.message)
  )
    return 'session'
  return 'call'
}

/** An error's words, with those of its cause: `fetch failed` alone says nothing. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? causeWords(error.cause) : ''
  return cause && !error.message.includes(cause) ? `${error.message}: ${cause}` : error.message
}

function causeWords(cause: Error): string {
  const inner = cause instanceof AggregateError ? cause.errors.find((each) => each instanceof Error) : undefined
  return cause.message || (inner instanceof Error ? inner.message : cause.name)
}
