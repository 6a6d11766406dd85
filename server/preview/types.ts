import type { ServerToolName } from '#shared/tool-names'
import type { ClusterIdentity, PlannedObject } from '#shared/change'
import type { ClusterRef, ResultNote } from '#shared/result'
import type { ServerId } from '../mcp/servers'

export interface PreviewedCall {
  /** The tool's name on the MCP server. */
  tool: ServerToolName
  server?: ServerId
  arguments: Record<string, unknown>
}

/** The content of a card, and the signed data. */
export interface PreparedChange {
  /** Exactly the arguments to run. */
  arguments: Record<string, unknown>
  title: ResultNote
  /** True after the API server's dry run. */
  previewed: boolean
  objects: PlannedObject[]
  notes: ResultNote[]
  /** Redacted YAML, for a server without previews. */
  live?: string
  confirm?: string
  /** For a plan: its cluster and the data that binds it. */
  plan?: {
    cluster: ClusterRef
    identity: ClusterIdentity
    digest: string
    asOf: string
    /** The same by a person's own kubectl or helm. */
    command?: string
  }
}

export type Preparation =
  | { kind: 'change'; change: PreparedChange }
  | { kind: 'split'; calls: Record<string, unknown>[] }
  /** `code`: of our own server's error. */
  | { kind: 'refused'; note: ResultNote; code?: string }
