/** The response of `GET /api/session`: the login mode and the current user. */
import { z } from 'zod'
import { userSchema } from './user'

export const authModes = ['none', 'token', 'proxy'] as const
export const authModeSchema = z.enum(authModes)
export type AuthMode = z.infer<typeof authModeSchema>

export const sessionSchema = z.object({
  mode: authModeSchema,
  /** Null if not logged in, or if no trusted proxy named the user. */
  user: userSchema.nullable(),
  /** Whether anyone may change the cluster. Only for logged-in users. */
  accessMode: z.enum(['read-only', 'approve']).optional(),
})
export type Session = z.infer<typeof sessionSchema>
