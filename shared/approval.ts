/** What a person is shown before a call changes the cluster, and what they answer. */
import { z } from 'zod'
import { previewNoteSchema } from './preview-note'

export const previewSchema = z.object({
  /**
   * Who says what would change: the API server in a dry run, or we, from the live object and the arguments. `none`: there
   * is no diff, and `notes` say why.
   */
  basis: z.enum(['server-dry-run', 'predicted', 'none']),
  /** A unified diff of YAML, redacted, without file headings: lines begin with ` `, `+`, `-` or `@@`. */
  diff: z.string().optional(),
  /**
   * What the diff does not say, e.g. that the object does not exist, or that a release's values are unknown: each as a code
   * with params, which the page says in its reader's language, and as `text` in English.
   */
  notes: z.array(previewNoteSchema),
})
export type Preview = z.infer<typeof previewSchema>

/** A call that waits for a person. The data of `data-approval` parts, and an entry of `approvals` of the JSON answer. */
export const approvalSchema = z.object({
  id: z.string(),
  toolCallId: z.string(),
  /** The MCP server's own name of the tool. */
  tool: z.string(),
  /** Name or context of the cluster, or the MCP server's address where that chose it. */
  cluster: z.string(),
  namespace: z.string().optional(),
  /** What it acts on, e.g. `Deployment web`, `Helm release cart`. */
  target: z.string().optional(),
  /** The exact arguments that will run, as text: YAML. */
  arguments: z.string(),
  preview: previewSchema,
  /** What has to be typed to approve it: the name of a namespace to be deleted or of a release to be uninstalled. */
  confirm: z.string().optional(),
  /** The last tool result before it, which may have led to it, e.g. `pods_log · shop/cart-6d5`. */
  precededBy: z.string().optional(),
  /** Milliseconds since the epoch. */
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
