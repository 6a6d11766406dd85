/** The response of `GET /api/session`: the login mode and the current user. */
import { z } from 'zod'
import { userSchema } from './user'

export const sessionSchema = z.object({
  /** The server's AUTH_MODE. */
  mode: z.string(),
  /**
   * `none`: nobody logs in; `token`: `POST /api/session` takes a token; `redirect`: at `/login`; `elsewhere`: e.g. at a
   * proxy.
   */
  login: z.enum(['none', 'token', 'redirect', 'elsewhere']),
  /** To open after logging out, so that the identity provider's session ends, too. Only for logged-in users. */
  logoutUrl: z.string().optional(),
  /** Null if not logged in, or if no trusted proxy named the user. */
  user: userSchema.nullable(),
  /** Whose rights in the cluster apply: those of the server's account, or the user's own. Only for logged-in users. */
  rights: z.enum(['server', 'user']).optional(),
  /** Whether anyone may change the cluster. Only for logged-in users. */
  accessMode: z.enum(['read-only', 'approve']).optional(),
  /** PRODUCTION_CLUSTERS. Only for logged-in users. */
  productionClusters: z.array(z.string()).optional(),
})
export type Session = z.infer<typeof sessionSchema>

/** The body of `POST /api/session`. */
export const loginSchema = z.object({
  token: z.string().min(1).max(10_000),
  /** The page is in a frame of another site, where only a partitioned cookie is kept. Needs HTTPS. */
  partitioned: z.boolean().optional(),
})
export type Login = z.infer<typeof loginSchema>
