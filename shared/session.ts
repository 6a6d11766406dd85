/** The answer of `GET /api/session`: how this server knows its users, and whom it sees. */
import { z } from 'zod'
import { userSchema } from './user'

export const authModes = ['none', 'token', 'proxy'] as const
export const authModeSchema = z.enum(authModes)
export type AuthMode = z.infer<typeof authModeSchema>

export const sessionSchema = z.object({
  mode: authModeSchema,
  /** Null: nobody has logged in, or no trusted proxy said who asks. */
  user: userSchema.nullable(),
  /** Whether anybody may change the cluster at all. Only told to those who are logged in. */
  accessMode: z.enum(['read-only', 'approve']).optional(),
})
export type Session = z.infer<typeof sessionSchema>
