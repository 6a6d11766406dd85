/** Credentials that a client sends to our own MCP server in `initialize`, as an experimental capability. */
import { z } from 'zod'

export const CREDENTIALS_CAPABILITY = 'k8s-ai-assistant/credentials'

const tokenCredentialsSchema = z.object({
  kind: z.literal('token'),
  /** API URL with its path. */
  server: z.url(),
  /** PEM; the system's CAs if absent. */
  ca: z.string().optional(),
  token: z.string().min(1),
  namespace: z.string().optional(),
  /** Display name of the cluster. */
  name: z.string().optional(),
})
export type TokenCredentials = z.infer<typeof tokenCredentialsSchema>

const impersonationSchema = z.object({
  kind: z.literal('impersonation'),
  user: z.string().min(1),
  groups: z.array(z.string().min(1)).default([]),
})
export type Impersonation = z.infer<typeof impersonationSchema>

/** The operator's context, a user's own token, or the operator's context on behalf of a user. */
export const sessionCredentialsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('operator') }),
  tokenCredentialsSchema,
  impersonationSchema,
])
export type SessionCredentials = z.infer<typeof sessionCredentialsSchema>
