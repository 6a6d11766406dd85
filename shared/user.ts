/** Who is asking. */
import { z } from 'zod'

export const userSchema = z.object({
  /** `anonymous` where there is no login. */
  name: z.string(),
  /** May approve what changes the cluster. */
  mayWrite: z.boolean(),
  /** In words, why not. */
  readOnlyReason: z.string().optional(),
})
export type User = z.infer<typeof userSchema>
