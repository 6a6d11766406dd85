/** The body of `POST /api/dry-run`: a manifest whose effect is shown, and that is never applied. */
import { z } from 'zod'
import { MAX_ATTACHMENT_CHARS } from '../chat/attachment'

export const dryRunRequestSchema = z.object({
  /** YAML documents or JSON. */
  manifest: z.string().min(1).max(MAX_ATTACHMENT_CHARS),
  /** Of objects that name none. Absent: that of the kubeconfig's context. */
  namespace: z.string().min(1).max(63).optional(),
})
export type DryRunRequest = z.infer<typeof dryRunRequestSchema>
