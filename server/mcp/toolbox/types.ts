/** The port between the loop and the tools. Nothing of the MCP SDK's shapes passes it. */
import type { ChangePhase } from '#shared/change'
import type { RawToolResult } from '../../results/types'
import type { ModelTool } from '../../model/types'
import type { ServerId } from '../servers'

/** What the server says of a tool's effects: hints, untrusted by the MCP specification. */
export interface ToolAnnotations {
  readOnlyHint?: boolean | undefined
  destructiveHint?: boolean | undefined
}

/** A tool the MCP server has. */
export interface ToolEntry {
  /** The server's own name; `model.name` is the one the model sees. */
  name: string
  model: ModelTool
  annotations?: ToolAnnotations
  /** Whose tool it is; absent for a server that is not known. */
  server?: ServerId
}

export interface CallOptions {
  signal: AbortSignal
  /** Milliseconds until the call is given up; the session's default where absent. */
  timeoutMs?: number
  /** The call changes something: it is never sent twice. */
  mutates?: boolean
  /** Of a writing tool of our own server: to plan it, or to run what was planned. */
  change?: ChangePhase
}

export interface Toolbox {
  /** The server's tools as last listed; empty while the session has never been ready. */
  tools: () => ToolEntry[]
  /**
   * Runs a tool by the server's own name. Every way to fail but one is a result with `isError`, so that the model can be
   * told; an aborted signal throws its reason, unless the call mutates and was under way. A mutating call whose answer was
   * lost, late or not waited for has `outcomeUnknown`.
   */
  call: (name: string, args: Record<string, unknown>, options: CallOptions) => Promise<RawToolResult>
}
