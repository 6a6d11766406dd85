/** What a person is shown before a call changes the cluster, and what they answer. */
import { z } from 'zod'
import { plannedObjectSchema } from './change'
import { resultNoteSchema } from './result'

/** A call that waits for a person. The data of `data-approval` parts, and an entry of `approvals` of the JSON answer. */
export const approvalSchema = z.object({
  id: z.string(),
  toolCallId: z.string(),
  /** The MCP server's own name of the tool. */
  tool: z.string(),
  /** One sentence: `Scale Deployment web in shop on staging: 3 → 5`. */
  title: resultNoteSchema,
  /** Name or context of the cluster, or the MCP server's address if that chose it. */
  cluster: z.string(),
  /** URL of the API server, and the user that it sees; absent if they cannot be read. */
  apiServer: z.string().optional(),
  apiUser: z.string().optional(),
  /** Cluster and user were read, and it runs on this cluster as this user or not at all. */
  verified: z.boolean(),
  /** The API server itself has made a dry run. Otherwise the MCP server cannot preview, and there is no diff. */
  previewed: z.boolean(),
  /** What changes, with the complete diffs; none if the MCP server cannot preview. */
  objects: z.array(plannedObjectSchema),
  /** What else goes, where the lasting change belongs, what cannot be undone. */
  notes: z.array(resultNoteSchema),
  /** The object as it is now, as YAML, redacted: of a server that cannot preview. */
  live: z.string().optional(),
  /** The exact arguments that will run, as text: YAML. */
  arguments: z.string(),
  /** What has to be typed to approve it. */
  confirm: z.string().optional(),
  /** The last tool result before it, which may have led to it, e.g. `pods_log · shop/cart-6d5`. */
  precededBy: z.string().optional(),
  /** Milliseconds since the epoch, for the page. What decides is counted by a clock that nobody can set. */
  expiresAt: z.number(),
})
export type Approval = z.infer<typeof approvalSchema>

/** A person's answer to one of them. */
export const approvalAnswerSchema = z.object({
  id: z.string().min(1).max(200),
  approved: z.boolean(),
  /** Why it was declined; or, where the approval has `confirm`, what was typed. */
  reason: z.string().max(2000).optional(),
  /** As it came with the approval. */
  signature: z.string().min(1).max(400_000),
})
export type ApprovalAnswer = z.infer<typeof approvalAnswerSchema>
