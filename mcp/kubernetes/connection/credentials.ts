/** A session's credentials, and how to log in with them. */
import { z } from 'zod'

export const tokenCredentialsSchema = z.object({
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

/** A session's credentials: the operator's context, or a user's token. */
export const credentialsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('operator') }),
  tokenCredentialsSchema,
])
export type Credentials = z.infer<typeof credentialsSchema>

/** How to send one request. */
export interface Login {
  headers: Record<string, string | string[]>
  tls: {
    ca?: string | Buffer
    cert?: string | Buffer
    key?: string | Buffer
    servername?: string
    rejectUnauthorized?: boolean
  }
  proxyUrl?: string
}

export interface CredentialSource {
  /** API URL without trailing slash. */
  readonly server: string
  /** Name of the cluster entry. */
  readonly name: string
  readonly context: string | undefined
  /** Name of the kubeconfig's user, for messages. */
  readonly user: string
  readonly namespace: string | undefined
  /** What to check when the login fails, e.g. the kubeconfig's path. */
  readonly origin: string
  /** Changes whenever the credentials may have changed. */
  readonly generation: number
  /** @throws KubeError */
  login: () => Promise<Login>
  /** Drops cached tokens after the API server refused one. */
  renew: () => void
}

/** A user's token, for one session. */
export function tokenCredentials(credentials: z.infer<typeof tokenCredentialsSchema>): CredentialSource {
  const { server, ca, token, namespace, name = new URL(server).host } = credentials
  return {
    server: server.replace(/\/+$/, ''),
    name,
    context: undefined,
    user: 'the user of this session',
    namespace,
    origin: 'the login of this session',
    generation: 0,
    login: async () => ({ headers: { Authorization: `Bearer ${token}` }, tls: ca === undefined ? {} : { ca } }),
    renew: () => undefined,
  }
}
