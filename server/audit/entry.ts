/** An audit entry of one tool call. */
import { z } from 'zod'
import { toolStatusSchema } from '#shared/result'
import type { ClusterIdentity as PlanIdentity } from '#shared/changes/change'
import type { ClusterIdentity } from '../cluster/identity'

/**
 * Who let it run, or did not.
 * - `read`: the policy lets it run unasked; `denied`: it did not run, by our own word.
 * - `planned`: it was shown what it would do, in read-only mode or as a dry run of a manifest, and it did not run.
 * - `requested`: a person is asked; `approved`, `declined`: they answered; `expired`: they came too late.
 * - `refused`: an answer that was not valid: forged, altered, used before, or somebody else's.
 */
export const decisionSchema = z.enum([
  'read',
  'denied',
  'planned',
  'requested',
  'approved',
  'declined',
  'expired',
  'refused',
])
export type AuditDecision = z.infer<typeof decisionSchema>

/** A line of the file. */
export const auditLineSchema = z.object({
  /** ISO 8601, when the line was written. */
  time: z.iso.datetime(),
  user: z.string(),
  /** The client's id of the conversation. */
  conversation: z.string().optional(),
  turn: z.string(),
  request: z.string(),
  /** The call's id. */
  call: z.string(),
  /** The tool's name on the MCP server, or what the model wrote if no such tool exists. */
  tool: z.string(),
  /** Redacted; a shortened text ends with a mark. */
  arguments: z.unknown(),
  /** SHA-256 of the exact arguments' canonical JSON, in hex. Absent if they are nested too deeply. */
  argumentsHash: z.string().optional(),
  /**
   * Name of the kubeconfig's cluster entry. Like the next three, absent if an external MCP server chose the cluster,
   * and in old lines.
   */
  cluster: z.string().optional(),
  context: z.string().optional(),
  apiServer: z.string().optional(),
  /** The user that the API server sees; if unknown, the kubeconfig's user. */
  apiUser: z.string().optional(),
  /** UID of kube-system, or of the namespace that a change was bound to: unique for each cluster. */
  clusterUid: z.string().optional(),
  /** Set if an external MCP server does not report its cluster. */
  clusterVerified: z.literal(false).optional(),
  decision: decisionSchema,
  /** The approval's id. */
  approval: z.string().optional(),
  /** The deciding user. */
  by: z.string().optional(),
  /** `pending` while awaiting approval, and before a write runs. */
  outcome: z.union([toolStatusSchema, z.literal('pending')]),
  durationMs: z.number(),
})
export type AuditLine = z.infer<typeof auditLineSchema>

/** The loop's data about a call. */
export interface CallRecord {
  call: string
  tool: string
  /** Exact; the audit hashes and redacts them. */
  arguments: Record<string, unknown>
  decision: AuditDecision
  approval?: string
  by?: string
  outcome: AuditLine['outcome']
  durationMs: number
  /** For a planned change: cluster and user. */
  identity?: PlanIdentity
}

/** The turn's data. */
export type AuditTurn = Pick<AuditLine, 'user' | 'conversation' | 'turn' | 'request'>

export type AuditEntry = AuditTurn & CallRecord & ClusterIdentity

export interface Audit {
  /**
   * Appends one line after all earlier ones.
   * @throws AuditError if the line is not in the file: nothing may then be changed in the cluster
   */
  record: (entry: AuditEntry) => Promise<void>
  /**
   * Approved changes that ran, oldest first. Absent if no file holds them.
   * @param since milliseconds since the epoch
   */
  recentWrites?: (since: number) => Promise<AuditLine[]>
  /** Waits for pending writes. */
  close: () => Promise<void>
}

export class AuditError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AuditError'
  }
}
