/** The current user. */
import { z } from 'zod'
import { messageSchema } from './messages/message'

export const userSchema = z.object({
  /** `anonymous` without a login. */
  name: z.string(),
  /** For people; absent if the name is readable. */
  displayName: z.string().optional(),
  /** Whether the user may approve changes. */
  mayWrite: z.boolean(),
  /** Why the user may not. */
  readOnlyReason: messageSchema.optional(),
})
export type User = z.infer<typeof userSchema>
