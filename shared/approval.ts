/** The approval that a user sees before a call changes the cluster, and the answer. */
import { z } from 'zod'
import { plannedObjectSchema } from './change'
import { messageSchema } from './messages/message'
import { resultNoteSchema } from './result'

/** A call that awaits approval: the data of `data-approval` parts, and an entry of `approvals` in the JSON answer. */
export const approvalSchema = z.object({
  id: z.string(),
  toolCallId: z.string(),
  /** The tool's name on the MCP server. */
  tool: z.string(),
  /** One sentence: `Scale Deployment web in shop on staging: 3 → 5`. */
  title: resultNoteSchema,
  /** Name or context of the cluster, or the MCP server's address if that chooses the cluster. */
  cluster: z.string(),
  /** URL of the API server and the user that it sees; absent if unknown. */
  apiServer: z.string().optional(),
  apiUser: z.string().optional(),
  /** Cluster and user were verified; the call runs only on this cluster as this user. */
  verified: z.boolean(),
  /** True after the API server's dry run. Otherwise the MCP server cannot preview, and there is no diff. */
  previewed: z.boolean(),
  /** Changed objects with complete diffs; empty if the MCP server cannot preview. */
  objects: z.array(plannedObjectSchema),
  /** Dependents, the place of a lasting change, and irreversible effects. */
  notes: z.array(resultNoteSchema),
  /** The live object as redacted YAML, if the MCP server cannot preview. */
  live: z.string().optional(),
  /** The exact arguments to run, as YAML. */
  arguments: z.string(),
  /** Text that the user must type to approve. */
  confirm: z.string().optional(),
  /** The preceding tool result, which may have influenced the call, e.g. `pods_log · shop/cart-6d5`. */
  precededBy: z.union([z.string(), messageSchema]).optional(),
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
