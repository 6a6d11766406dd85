/** Chooses model server and cluster: configured, otherwise detected, otherwise the demo's. */
import { basename, delimiter, join } from 'node:path'
import type { Logger } from 'pino'
import { KubeconfigError, hasContexts } from '../../mcp/kubernetes/connection/kubeconfig'
import { openPrivateFolder } from '../../mcp/kubernetes/connection/private-folder'
import type { AccessMode } from '../agent/policy'
import { fileSource, serviceAccountSource } from '../cluster/kubeconfig-source'
import type { KubeconfigSource } from '../cluster/kubeconfig-source'
import type { ClusterState } from '../cluster/identity'
import { PinnedKubeconfig } from '../cluster/pinned-kubeconfig'
import type { Config } from '../config/config'
import { ConfigError } from '../config/error'
import { embeddedServer, HELM_TOOLS } from '../mcp/programs/foreign-server'
import { startOwnServer } from '../mcp/programs/own-server'
import type { RancherConfig } from '../config/rancher'
import type { LinkEndpoint } from '../mcp/links/links'
import type { McpEndpoint } from '../mcp/connection/transport'
import { probeOllama } from '../model/ollama-api'

export interface ClusterInfo {
  name?: string
  context?: string
  /** URL of the API server. Absent if an external MCP server chose the cluster. */
  server?: string
  demo: boolean
}

export interface ModelSource {
  baseUrl: string
  name: string
  demo: boolean
  close: () => Promise<void>
}

export interface ClusterSource {
  /** The MCP server in use. */
  main: LinkEndpoint
  /** An additional server that provides a few tools. */
  added?: LinkEndpoint & { tools: ReadonlySet<string> }
  /** Our own server, beside one that cannot identify cluster and user. */
  watch?: LinkEndpoint
  cluster: ClusterInfo
  /** Credentials for the MCP servers; absent for an external one. */
  pinned?: PinnedKubeconfig
  /** Pins our own server to the cluster with this UID of kube-system, also after a restart. */
  pinUid?: (uid: string) => void
  state: () => ClusterState
  /** As configured; by default only the demo cluster may be changed. */
  accessMode: AccessMode
  close: () => Promise<void>
}

const DEFAULT_OLLAMA = 'http://127.0.0.1:11434'

/** Time limit for detecting a local Ollama, in milliseconds. */
const PROBE_MS = 1000

export async function chooseModel(config: Config): Promise<ModelSource> {
  const nothing = async () => undefined
  const { name } = config.model
  if (!config.demo) {
    const configured = config.model.baseUrl
    if (configured) return { baseUrl: configured.href, name, demo: false, close: nothing }
    if (await probeOllama(DEFAULT_OLLAMA, PROBE_MS))
      return { baseUrl: DEFAULT_OLLAMA, name, demo: false, close: nothing }
  }
  const { startDemoModel } = await import('@k8s-ai-assistant/demo-model')
  const demo = await startDemoModel()
  return { baseUrl: demo.url, name: demo.model, demo: true, close: demo.close }
}

/** @throws ConfigError if the configuration cannot work */
export async function chooseCluster(config: Config, log: Logger): Promise<ClusterSource> {
  const { mcp, kube } = config
  const accessMode = config.access.mode ?? 'read-only'
  if (!config.demo && mcp.kind === 'url') {
    const { transport, url, authToken } = mcp
    const endpoint: McpEndpoint = { transport, url, ...(authToken !== undefined && { authToken }) }
    return {
      main: { endpoint },
      cluster: { demo: false },
      accessMode,
      state: () => ({}),
      close: async () => undefined,
    }
  }
  if (config.rancher) return await rancherClusters(config, config.rancher, log)
  if (config.demo || !hasCluster(config)) return await demoCluster(config, log)
  if (kube.serviceAccount) {
    const source = await startServers(config, serviceAccountSource(kube.serviceAccount.server), [], accessMode, log)
    const { name, server } = source.pinned
    return { ...source, cluster: { name, server, demo: false }, accessMode }
  }
  const source = await startServers(config, fileSource(kube.paths, kube.context), kube.paths, accessMode, log)
  const { name, context, server } = source.pinned
  return { ...source, cluster: { name, context, server, demo: false }, accessMode }
}

/** Our own MCP server without a cluster: each session brings a user's token for one behind Rancher. */
async function rancherClusters(config: Config, { url }: RancherConfig, log: Logger): Promise<ClusterSource> {
  const accessMode = config.access.mode ?? 'read-only'
  const folder = await openPrivateFolder()
  try {
    const own = startOwnServer({
      env: { ...ownRules(config), KUBECONFIG: join(folder.path, 'none'), MCP_EXPECTED_SERVER: `${url}/k8s/clusters` },
      folder: folder.path,
      changes: accessMode === 'approve' ? 'run' : 'plan',
      log: log.child({ part: 'mcp' }),
    })
    const close = async () => {
      await own.close()
      await folder.remove()
    }
    return { main: { endpoint: own.endpoint }, cluster: { demo: false }, accessMode, state: () => ({}), close }
  } catch (error) {
    await folder.remove()
    throw error
  }
}

async function demoCluster(config: Config, log: Logger): Promise<ClusterSource> {
  const { startDemoCluster } = await import('@k8s-ai-assistant/demo-cluster')
  const demo = await startDemoCluster()
  const accessMode = config.access.mode ?? 'approve'
  const paths = [demo.kubeconfigPath]
  const source = await startServers(config, fileSource(paths), paths, accessMode, log)
  const close = async () => {
    await source.close()
    await demo.close()
  }
  return { ...source, cluster: { name: 'demo', context: demo.context, demo: true }, accessMode, close }
}

/** The cluster's display name: its context if known, otherwise its address. */
export function clusterLabel({ cluster: { context, name }, main }: Pick<ClusterSource, 'cluster' | 'main'>): string {
  return context ?? name ?? hostOf(main.endpoint)
}

function hostOf(endpoint: McpEndpoint): string {
  return endpoint.transport === 'stdio' ? serverLabel(endpoint) : endpoint.url.host
}

/** Describes the MCP server's connection: an approval for one server is not valid for another. */
export function serverLabel(endpoint: McpEndpoint): string {
  if (endpoint.transport !== 'stdio') return `${endpoint.transport} ${endpoint.url.href}`
  // Without arguments, which may differ between replicas that share approvals.
  return `stdio ${basename(endpoint.command)}`
}

/**
 * Our own MCP server, with another one for Helm if configured; or the operator's command over stdio, with ours to
 * identify its cluster.
 * @param paths kubeconfig files; empty: the pod's service account
 */
async function startServers(
  config: Config,
  source: KubeconfigSource,
  paths: readonly string[],
  mode: AccessMode,
  log: Logger,
) {
  const { mcp, childEnv: env } = config
  const folder = await openPrivateFolder()
  try {
    const pinned = pin(source, join(folder.path, 'kubeconfig'), config.kube.context)
    const writes = mode === 'approve'
    const state = () => pinned.state()
    const close = async () => {
      pinned.close()
      await folder.remove()
    }
    const program = mcp.kind === 'command' && !config.demo ? { command: mcp.command, args: mcp.args } : undefined
    const foreign = (): LinkEndpoint => ({
      endpoint: embeddedServer({ kubeconfig: pinned.path, env, ...(program && { program }) }),
      credentials: pinned,
    })
    // Without changes the cluster need not be identified.
    if (program && !writes) return { main: foreign(), pinned, state, close }
    const own = startOwnServer({
      env: ownEnvironment(config, pinned, paths),
      folder: folder.path,
      ...(!program && { changes: writes ? 'run' : 'plan' }),
      log: log.child({ part: 'mcp' }),
    })
    const closeBoth = async () => {
      await own.close()
      await close()
    }
    const ours = { endpoint: own.endpoint }
    const { pinUid } = own
    if (program) return { main: foreign(), watch: ours, pinned, pinUid, state, close: closeBoth }
    const helm = writes && config.helmByMcpServer && { added: { ...foreign(), tools: HELM_TOOLS } }
    return { main: ours, ...helm, pinned, pinUid, state, close: closeBoth }
  } catch (error) {
    await folder.remove()
    throw error
  }
}

/** Our own server reads the operator's files itself, and refuses any context or API server except the pinned one. */
function ownEnvironment(
  config: Config,
  { context, server }: PinnedKubeconfig,
  paths: readonly string[],
): Record<string, string> {
  return {
    ...ownRules(config),
    ...(paths.length > 0 && { KUBECONFIG: paths.join(delimiter), KUBE_CONTEXT: context }),
    MCP_EXPECTED_SERVER: server,
  }
}

/** Without the operator's choice of a cluster. */
function ownRules({ childEnv, access: { rules } }: Config): Record<string, string> {
  const { KUBECONFIG: _files, KUBE_CONTEXT: _context, ...env } = childEnv
  return {
    ...env,
    DENY_KINDS: (rules.kinds?.deny ?? []).join(','),
    DENY_NAMESPACES: (rules.namespaces?.deny ?? []).join(','),
  }
}

function hasCluster({ kube }: Config): boolean {
  return kube.serviceAccount !== undefined || kube.chosen || inWords('KUBECONFIG', () => hasContexts(kube.paths))
}

function pin(source: KubeconfigSource, path: string, context: string | undefined): PinnedKubeconfig {
  return inWords(context === undefined ? 'KUBECONFIG' : 'KUBE_CONTEXT', () => new PinnedKubeconfig(source, path))
}

/** @throws ConfigError if a kubeconfig is unusable */
function inWords<T>(variable: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof KubeconfigError) throw new ConfigError({ variable, problem: error.message })
    throw error
  }
}
