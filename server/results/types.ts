/** The port of server/results: raw MCP results in; a text for the model and a part for the page out. */
import type { Message } from '#shared/messages/message'
import type { ResultPart } from '#shared/result'

/** A `tools/call` result from the MCP session; thrown errors have become `isError`. */
export interface RawToolResult {
  isError: boolean
  /** The text blocks in order; other blocks are replaced by a description. */
  texts: string[]
  structuredContent?: unknown
  /** The server is our own: `structuredContent` follows shared/result.ts. */
  isStructured?: true
  /** The tool's text is always a log. */
  isLog?: true
  /** A write without a response, which may have run. `texts` report that and how to check. */
  outcomeUnknown?: true
  /** The only text, if it is one of our messages. */
  detail?: Message
}

export interface PresentRequest {
  /** The tool's name on the MCP server, e.g. `pods_list`, `kubectl_get`. */
  tool: string
  arguments: Record<string, unknown>
  raw: RawToolResult
  /** Limit of `forModel`, in tokens. */
  maxTokens: number
}

export interface PresentedResult {
  /** Also `error` if a server hides it: `{"status":"failed"}`, `{"success":false}`. */
  status: 'ok' | 'error'
  forModel: string
  forPerson: ResultPart
}
