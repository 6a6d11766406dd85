/** Server address and login: from the operator's kubeconfig, or from a session's token. */
import { KubeConfig } from '@kubernetes/client-node/dist/config.js'
import { ExecAuth } from '@kubernetes/client-node/dist/exec_auth.js'
import { spawn } from 'node:child_process'
import { basename } from 'node:path'
import { z } from 'zod'
import { KubeError } from '../errors/errors'
import { fingerprint, KubeconfigError, readKubeconfig } from './kubeconfig'
import type { OneContextKubeconfig } from './kubeconfig'

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

/** Time limit of a login program, in milliseconds. */
const LOGIN_PROGRAM_MS = 20_000

export interface OperatorOptions {
  /** Files of KUBECONFIG; empty: the pod's service account. */
  paths: readonly string[]
  context?: string | undefined
  /** The only allowed API URL, if pinned before. */
  expectedServer?: string | undefined
}

/**
 * The operator's pinned context: its name and API URL are decided once. Changed files are reread; a context with a new
 * API URL is an error, and nothing is sent there.
 * @throws KubeError `kubeconfig`
 */
export function operatorCredentials(options: OperatorOptions): CredentialSource {
  return options.paths.length > 0 ? new KubeconfigCredentials(options) : new ServiceAccountCredentials()
}

class KubeconfigCredentials implements CredentialSource {
  readonly server: string
  readonly name: string
  readonly context: string
  readonly origin: string
  user: string
  namespace: string | undefined
  generation = 0
  private config: KubeConfig
  private impersonation: Login['headers']
  private seen: string

  constructor(private readonly options: OperatorOptions) {
    this.origin = options.paths.join(', ')
    this.seen = fingerprint(options.paths)
    const { context, name, server, user, namespace, alone } = this.read(options.context)
    this.context = context
    this.name = name
    this.user = user ?? ''
    this.namespace = namespace
    this.server = options.expectedServer ?? server
    this.checkServer(server)
    this.config = load(alone)
    this.impersonation = impersonationOf(alone)
  }

  async login(): Promise<Login> {
    this.refresh()
    const { headers, tls } = await applied(this.config, this)
    const proxyUrl = this.config.getCurrentCluster()?.proxyUrl
    return { headers: { ...headers, ...this.impersonation }, tls, ...(proxyUrl && { proxyUrl }) }
  }

  renew(): void {
    this.seen = ''
  }

  private refresh(): void {
    const now = fingerprint(this.options.paths)
    if (now === this.seen) return
    const { server, user, namespace, alone } = this.read(this.context)
    this.checkServer(server)
    this.user = user ?? ''
    this.namespace = namespace
    this.config = load(alone)
    this.impersonation = impersonationOf(alone)
    this.seen = now
    this.generation++
  }

  private read(context: string | undefined) {
    try {
      return readKubeconfig(this.options.paths, context)
    } catch (error) {
      if (error instanceof KubeconfigError) throw new KubeError('kubeconfig', error.message, { path: this.origin })
      throw error
    }
  }

  private checkServer(server: string): void {
    if (server === this.server) return
    throw new KubeError(
      'cluster-changed',
      `The context ${this.context} in ${this.origin} now names the API server ${server}. The assistant was started for ${this.server}: restart it to use the other one.`,
      { context: this.context, path: this.origin, server, expected: this.server },
    )
  }
}

/** The kubelet mounts and renews the pod's token; client-node rereads the changed file. */
class ServiceAccountCredentials implements CredentialSource {
  readonly name = 'in-cluster'
  readonly context = undefined
  readonly origin = 'the service account of the pod'
  readonly user = 'service account'
  readonly server: string
  readonly namespace: string | undefined
  generation = 0
  private config = new KubeConfig()

  constructor() {
    this.config.loadFromCluster()
    this.server = (this.config.getCurrentCluster()?.server ?? '').replace(/\/+$/, '')
    this.namespace = this.config.getContexts()[0]?.namespace
  }

  login(): Promise<Login> {
    return applied(this.config, this)
  }

  renew(): void {
    this.config = new KubeConfig()
    this.config.loadFromCluster()
  }
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

function load(alone: OneContextKubeconfig): KubeConfig {
  const config = new KubeConfig()
  // client-node asks its own authenticators before those from `addAuthenticator`, so this one replaces its counterpart.
  const authenticators = z.array(z.unknown()).parse(Reflect.get(config, 'authenticators'))
  const bounded = authenticators.map((each) => (each instanceof ExecAuth ? new BoundedExecAuth() : each))
  Reflect.set(config, 'authenticators', bounded)
  config.loadFromString(JSON.stringify(plainHttp(withTokenFile(withExecInfo(alone)))))
  return config
}

const impersonationSchema = z.looseObject({
  as: z.string().optional(),
  'as-uid': z.string().optional(),
  'as-groups': z.array(z.string()).default([]),
})

/** client-node sends only the user; without the groups the rights would differ. */
function impersonationOf({ users: [entry] }: OneContextKubeconfig): Login['headers'] {
  const parsed = impersonationSchema.safeParse(entry?.user ?? {})
  if (!parsed.success || parsed.data.as === undefined) return {}
  const { as, 'as-uid': uid, 'as-groups': groups } = parsed.data
  return {
    'Impersonate-User': as,
    ...(uid !== undefined && { 'Impersonate-Uid': uid }),
    ...(groups.length > 0 && { 'Impersonate-Group': groups }),
  }
}

/** client-node refuses plain HTTP unless certificate checks are off; kubectl accepts it. */
function plainHttp(alone: OneContextKubeconfig): OneContextKubeconfig {
  const [{ name, cluster }] = alone.clusters
  const isPlain = typeof cluster.server === 'string' && !cluster.server.startsWith('https:')
  return isPlain ? { ...alone, clusters: [{ name, cluster: { ...cluster, 'insecure-skip-tls-verify': true } }] } : alone
}

const execSchema = z.looseObject({
  apiVersion: z.string().default('client.authentication.k8s.io/v1'),
  env: z.array(z.looseObject({ name: z.string(), value: z.string() })).default([]),
})

/** Login programs read KUBERNETES_EXEC_INFO, and some require it; client-node does not set it. */
function withExecInfo(alone: OneContextKubeconfig): OneContextKubeconfig {
  const users = alone.users.map(({ name, user }) => {
    const exec = execSchema.safeParse(user.exec)
    if (!exec.success) return { name, user }
    const { apiVersion, env } = exec.data
    const value = JSON.stringify({ apiVersion, kind: 'ExecCredential', spec: { interactive: false } })
    return { name, user: { ...user, exec: { ...exec.data, env: [...env, { name: 'KUBERNETES_EXEC_INFO', value }] } } }
  })
  return { ...alone, users }
}

/** client-node reads token files only under this name. As in kubectl, the file wins over an inline token. */
function withTokenFile(alone: OneContextKubeconfig): OneContextKubeconfig {
  const users = alone.users.map(({ name, user }) => {
    const { tokenFile, token: _, ...rest } = user
    if (typeof tokenFile !== 'string' || tokenFile === '') return { name, user }
    return { name, user: { ...rest, 'auth-provider': { name: 'tokenFile', config: { tokenFile } } } }
  })
  return { ...alone, users }
}

/** client-node's own version has no timeout. */
class BoundedExecAuth extends ExecAuth {
  constructor() {
    super()
    const run = (command: string, args: readonly string[] | undefined, options: object) =>
      spawn(command, args ?? [], { ...options, stdio: ['ignore', 'pipe', 'pipe'], timeout: LOGIN_PROGRAM_MS })
    Reflect.set(this, 'execFn', run)
  }
}

async function applied(config: KubeConfig, source: CredentialSource): Promise<Login> {
  const options: Parameters<KubeConfig['applyToHTTPSOptions']>[0] = {}
  try {
    await config.applyToHTTPSOptions(options)
  } catch (error) {
    throw loginError(error, config, source)
  }
  const { headers, auth, ca, cert, key, servername, rejectUnauthorized } = options
  const own: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers ?? {})) if (typeof value === 'string') own[name] = value
  if (typeof auth === 'string') own.Authorization = `Basic ${Buffer.from(auth).toString('base64')}`
  const tls: Login['tls'] = {}
  if (isPem(ca)) tls.ca = ca
  if (isPem(cert)) tls.cert = cert
  if (isPem(key)) tls.key = key
  if (servername) tls.servername = servername
  if (rejectUnauthorized === false) tls.rejectUnauthorized = false
  return { headers: own, tls }
}

function isPem(value: unknown): value is string | Buffer {
  return typeof value === 'string' || Buffer.isBuffer(value)
}

function loginError(error: unknown, config: KubeConfig, source: CredentialSource): KubeError {
  const raw = error instanceof Error ? error.message : String(error)
  const exec: unknown = config.getCurrentUser()?.exec
  const parsed = z.object({ command: z.string(), installHint: z.string().optional() }).safeParse(exec)
  if (!parsed.success)
    return new KubeError(
      'kubeconfig',
      `The login of user ${source.user} in ${source.origin} cannot be read: ${raw}`,
      { user: source.user, path: source.origin, reason: raw },
      raw,
    )
  const { command, installHint } = parsed.data
  const program = basename(command)
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) {
    const hint = installHint ? ` The kubeconfig's hint follows: ${installHint.trim()}` : ''
    return new KubeError(
      'login-program-missing',
      `The login program ${program} of this kubeconfig is not installed on the server.${hint}`,
      { program, hint: installHint ?? '' },
      raw,
    )
  }
  const reason = lastLines(raw) || 'it ended without a credential'
  return new KubeError(
    'login-program-failed',
    `The login program ${program} failed: "${reason}"`,
    { program, reason },
    raw,
  )
}

/** The end of a program's stderr, without its `Error:`. */
function lastLines(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  return lines
    .slice(-2)
    .join(' ')
    .replace(/^error:\s*/i, '')
    .slice(0, 300)
}
