/** The port of server/results: raw MCP results in, one text for the model and one part for the page out. */
import type { ResultPart } from '#shared/result'

/** A `tools/call` result as the MCP session hands it on; thrown errors are turned into `isError` before. */
export interface RawToolResult {
  isError: boolean
  /** The text blocks, in order; a block that is no text is replaced by a word about what it was. */
  texts: string[]
  structuredContent?: unknown
  /** The server is our own: `structuredContent` is that of shared/result.ts. */
  isStructured?: true
  /** The tool's text is a log, whatever it looks like. */
  isLog?: true
  /** It was to change something and may have: its answer never came. `texts` say so, and what to look at. */
  outcomeUnknown?: true
}

export interface PresentRequest {
  /** The MCP server's own name of the tool, e.g. `pods_list`, `kubectl_get`. */
  tool: string
  arguments: Record<string, unknown>
  raw: RawToolResult
  /** Upper bound of `forModel`, in characters. */
  maxChars: number
}

export interface PresentedResult {
  /** `error` also where a server hides it: `{"status":"failed"}`, `{"success":false}`. */
  status: 'ok' | 'error'
  forModel: string
  forPerson: ResultPart
}
