/** The approval that a user sees before a call changes the cluster, and the answer. */
import { z } from 'zod'
import { pendingWriteSchema } from './pending-write'

/** A write that waits for approval: the data of `data-approval` parts, and an entry of `approvals` in the JSON answer. */
export const approvalSchema = pendingWriteSchema.omit({ name: true, server: true, part: true, digest: true }).extend({
  /** As YAML. */
  arguments: z.string(),
  /** Milliseconds since the epoch, for display. The server decides by a monotonic clock. */
  expiresAt: z.number(),
})
export type Approval = z.infer<typeof approvalSchema>

/** A user's answer to an approval. */
export const approvalAnswerSchema = z.object({
  id: z.string().min(1).max(200),
  approved: z.boolean(),
  /** The reason for declining; or, if the approval has `confirm`, the typed text. */
  reason: z.string().max(2000).optional(),
  /** Unchanged from the approval. */
  signature: z.string().min(1).max(400_000),
})
export type ApprovalAnswer = z.infer<typeof approvalAnswerSchema>
