/** A session's credentials, and how to log in with them. */
import type { Impersonation, TokenCredentials } from '../../../shared/session-credentials'

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
export function tokenCredentials(credentials: TokenCredentials): CredentialSource {
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

/** The operator's credentials on behalf of a user, whose rights then apply. */
export function impersonated(operator: CredentialSource, { user, groups }: Impersonation): CredentialSource {
  return {
    user,
    get server() {
      return operator.server
    },
    get name() {
      return operator.name
    },
    get context() {
      return operator.context
    },
    get namespace() {
      return operator.namespace
    },
    get origin() {
      return operator.origin
    },
    get generation() {
      return operator.generation
    },
    async login() {
      const { headers, ...rest } = await operator.login()
      const own = Object.entries(headers).filter(([name]) => !/^impersonate-/i.test(name))
      const asUser = { 'Impersonate-User': user, ...(groups.length > 0 && { 'Impersonate-Group': groups }) }
      return { ...rest, headers: { ...Object.fromEntries(own), ...asUser } }
    },
    renew: () => operator.renew(),
  }
}
