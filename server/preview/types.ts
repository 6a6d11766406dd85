import type { ClusterIdentity, PlannedObject } from '#shared/change'
import type { ClusterRef, ResultNote } from '#shared/result'
import type { ServerId } from '../mcp/servers'

/** The call that is to be prepared. */
export interface PreviewedCall {
  /** The MCP server's own name of the tool. */
  tool: string
  server?: ServerId
  arguments: Record<string, unknown>
}

/** What a person is shown of a change, and what is signed of it. */
export interface PreparedChange {
  /** What runs, to the letter. */
  arguments: Record<string, unknown>
  title: ResultNote
  /** The API server itself has made a dry run. */
  previewed: boolean
  objects: PlannedObject[]
  notes: ResultNote[]
  /** As YAML, redacted: of a server that cannot preview. */
  live?: string
  confirm?: string
  /** Of a plan: where it was made, and what binds it. */
  plan?: { cluster: ClusterRef; identity: ClusterIdentity; digest: string }
}

export type Preparation =
  | { kind: 'change'; change: PreparedChange }
  | { kind: 'split'; calls: Record<string, unknown>[] }
  | { kind: 'refused'; note: ResultNote }
