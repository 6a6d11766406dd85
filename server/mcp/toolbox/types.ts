/** The port between loop and tools, independent of the MCP SDK's types. */
import type { ServerToolName } from '#shared/tool-names'
import type { ChangePhase } from '#shared/changes/change'
import type { RawToolResult } from '../../results/types'
import type { ModelTool } from '../../model/types'
import type { ServerId } from '../servers'

/** The server's hints about a tool's effects, untrusted by the MCP specification. */
export interface ToolAnnotations {
  readOnlyHint?: boolean | undefined
  destructiveHint?: boolean | undefined
}

/** A tool the MCP server has. */
export interface ToolEntry {
  /** The name on the server; `model.name` is the one for the model. */
  name: ServerToolName
  model: ModelTool
  annotations?: ToolAnnotations
  /** The tool's server; absent if unknown. */
  server?: ServerId
  /** Why the tool cannot work here, according to our own server. */
  unavailable?: string
}

export interface CallOptions {
  signal: AbortSignal
  /** Timeout in milliseconds; defaults to the session's. */
  timeoutMs?: number
  /** The call changes something, so it is never sent twice. */
  mutates?: boolean
  /** For a writing tool of our own server: plan, or run a plan. */
  change?: ChangePhase
}

export interface Toolbox {
  /** The server's tools as last listed; empty until the session was first ready. */
  tools: () => ToolEntry[]
  /**
   * Runs a tool by its name on the server. Failures become results with `isError` for the model. An aborted signal
   * throws its reason, unless a mutating call was already sent. A mutating call without a response has
   * `outcomeUnknown`.
   */
  call: (name: ServerToolName, args: Record<string, unknown>, options: CallOptions) => Promise<RawToolResult>
}
