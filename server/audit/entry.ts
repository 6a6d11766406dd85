/** What the audit says of one tool call. */
import { z } from 'zod'
import { toolStatusSchema } from '#shared/result'
import type { ClusterIdentity as PlanIdentity } from '#shared/change'
import type { ClusterIdentity } from '../cluster/identity'

/**
 * Who let it run, or did not.
 * - `read`: the policy lets it run unasked; `denied`: it did not run, by our own word.
 * - `requested`: a person is asked; `approved`, `declined`: they answered; `expired`: they came too late.
 * - `refused`: an answer that was not valid: forged, altered, used before, or somebody else's.
 */
export const decisionSchema = z.enum(['read', 'denied', 'requested', 'approved', 'declined', 'expired', 'refused'])
export type AuditDecision = z.infer<typeof decisionSchema>

/** A line of the file. */
export const auditLineSchema = z.object({
  /** ISO 8601, of the writing of the line. */
  time: z.iso.datetime(),
  user: z.string(),
  /** The client's id of the conversation. */
  conversation: z.string().optional(),
  turn: z.string(),
  request: z.string(),
  /** The call's id. */
  call: z.string(),
  /** The MCP server's own name, or what the model wrote where there is no such tool. */
  tool: z.string(),
  /** Redacted; text that ends with a mark where it had to be cut. */
  arguments: z.unknown(),
  /** SHA-256 of the canonical JSON of the exact arguments, in hex. Absent where they are nested too deeply to have one. */
  argumentsHash: z.string().optional(),
  /** Name of the cluster in the kubeconfig. Like the next three absent if an external MCP server chose it, and in lines of before. */
  cluster: z.string().optional(),
  context: z.string().optional(),
  /** URL of the API server. */
  apiServer: z.string().optional(),
  /** The user that the API server sees; if it does not tell, the kubeconfig's user. */
  apiUser: z.string().optional(),
  /** UID of kube-system, or of the namespace that a change was bound to: two clusters never share it. */
  clusterUid: z.string().optional(),
  /** An external MCP server does not tell which cluster it reads and changes. */
  clusterVerified: z.literal(false).optional(),
  decision: decisionSchema,
  /** The approval's id. */
  approval: z.string().optional(),
  /** Who decided. */
  by: z.string().optional(),
  /** `pending` while it waits for a person, and before a write is run. */
  outcome: z.union([toolStatusSchema, z.literal('pending')]),
  durationMs: z.number(),
})
export type AuditLine = z.infer<typeof auditLineSchema>

/** What the loop knows of a call. */
export interface CallRecord {
  call: string
  tool: string
  /** The exact ones: the audit itself hashes and redacts them. */
  arguments: Record<string, unknown>
  decision: AuditDecision
  approval?: string
  by?: string
  outcome: AuditLine['outcome']
  durationMs: number
  /** Of a change that was planned: where, and as whom. */
  identity?: PlanIdentity
}

/** In whose turn it was made. */
export type AuditTurn = Pick<AuditLine, 'user' | 'conversation' | 'turn' | 'request'>

export type AuditEntry = AuditTurn & CallRecord & ClusterIdentity

export interface Audit {
  /**
   * Writes one line, behind those that were recorded before it.
   * @throws AuditError where the line is not in the file: nothing may then be changed in the cluster
   */
  record: (entry: AuditEntry) => Promise<void>
  /** Waits for what is being written. */
  close: () => Promise<void>
}

export class AuditError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AuditError'
  }
}
