/** The operator's credentials: a pinned context of the kubeconfig, or the pod's service account. */
import { msg } from '../../../shared/messages/create'
import { KubeConfig } from '@kubernetes/client-node/dist/config.js'
import { KubeError } from '../errors/errors'
import { load, impersonationOf } from './client-config'
import type { CredentialSource, Login } from './credentials'
import { fingerprint, KubeconfigError, readKubeconfig } from './kubeconfig'
import { applied } from './login'

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
      if (error instanceof KubeconfigError) throw new KubeError('kubeconfig', error.detail, { path: this.origin })
      throw error
    }
  }

  private checkServer(server: string): void {
    if (server === this.server) return
    throw new KubeError(
      'cluster-changed',
      msg('context-moved', { context: this.context, origin: this.origin, found: server, expected: this.server }),
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
