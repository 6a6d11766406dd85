/** Which model server and which cluster are in use: what the operator set, else what is there, else the demo's. */
import { basename, join } from 'node:path'
import { KubeconfigError, hasContexts } from '../mcp/kubernetes/kubeconfig'
import { createPolicy } from './agent/policy'
import type { AccessMode } from './agent/policy'
import { fileSource, serviceAccountSource } from './cluster/kubeconfig-source'
import type { KubeconfigSource } from './cluster/kubeconfig-source'
import type { ClusterState } from './cluster/identity'
import { PinnedKubeconfig } from './cluster/pinned-kubeconfig'
import { openPrivateFolder } from './cluster/private-folder'
import { ConfigError } from './config'
import type { Config } from './config'
import { embeddedServer } from './mcp/embedded'
import type { McpEndpoint } from './mcp/transport'
import { probeOllama } from './model/ollama-api'

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
  endpoint: McpEndpoint
  cluster: ClusterInfo
  /** The credentials that the MCP server was started with; absent for an external one. */
  pinned?: PinnedKubeconfig
  /** Cluster and user as of now. */
  state: () => ClusterState
  /** As the operator set it; else nothing is changed but in the demo cluster, where nothing real can break. */
  accessMode: AccessMode
  close: () => Promise<void>
}

const DEFAULT_OLLAMA = 'http://127.0.0.1:11434'

/** How long the embedded default looks for an Ollama on this machine, in milliseconds. */
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
  const { startDemoModel } = await import('../demo/model')
  const demo = await startDemoModel()
  return { baseUrl: demo.url, name: demo.model, demo: true, close: demo.close }
}

/** @throws ConfigError where the configuration cannot work */
export async function chooseCluster(config: Config): Promise<ClusterSource> {
  const { mcp, kube } = config
  const accessMode = config.access.mode ?? 'read-only'
  if (!config.demo && mcp.kind === 'url') {
    const { transport, url, authToken } = mcp
    const endpoint: McpEndpoint = { transport, url, ...(authToken !== undefined && { authToken }) }
    return { endpoint, cluster: { demo: false }, accessMode, state: () => ({}), close: async () => undefined }
  }
  if (config.demo || !hasCluster(config)) return await demoCluster(config)
  if (kube.serviceAccount) {
    const source = await startServer(config, serviceAccountSource(kube.serviceAccount.server), accessMode)
    const { name, server } = source.pinned
    return { ...source, cluster: { name, server, demo: false }, accessMode }
  }
  const source = await startServer(config, fileSource(kube.paths, kube.context), accessMode)
  const { name, context, server } = source.pinned
  return { ...source, cluster: { name, context, server, demo: false }, accessMode }
}

async function demoCluster(config: Config): Promise<ClusterSource> {
  const { startDemoCluster } = await import('../demo/cluster')
  const demo = await startDemoCluster()
  const accessMode = config.access.mode ?? 'approve'
  const source = await startServer(config, fileSource([demo.kubeconfigPath]), accessMode)
  const close = async () => {
    await source.close()
    await demo.close()
  }
  return { ...source, cluster: { name: 'demo', context: demo.context, demo: true }, accessMode, close }
}

/** What a person calls the cluster: its context where we know it, else where it is reached. */
export function clusterLabel({ cluster: { context, name }, endpoint }: ClusterSource): string {
  return context ?? name ?? serverLabel(endpoint)
}

/** How the MCP server is reached: an approval for one is none for another. */
export function serverLabel(endpoint: McpEndpoint): string {
  if (endpoint.transport !== 'stdio') return `${endpoint.transport} ${endpoint.url.href}`
  // Its arguments are a matter of this process: replicas honour each other's approvals.
  return `stdio ${basename(endpoint.command)}`
}

/** Tools that the server which comes with the product shall not even have, unless the operator's file wants them. */
const FENCED = ['pods_exec', 'configuration_view']

/** The operator's command over stdio if there is one, else the server that comes with the product. */
async function startServer(config: Config, source: KubeconfigSource, mode: AccessMode) {
  const { mcp, access, childEnv: env } = config
  const policy = createPolicy({ mode, rules: access.rules })
  const folder = await openPrivateFolder()
  try {
    const pinned = pin(source, join(folder.path, 'kubeconfig'), config.kube.context)
    const endpoint = await embeddedServer({
      kubeconfig: pinned.path,
      folder: folder.path,
      env,
      ...(mode === 'approve' && { writes: { disabledTools: FENCED.filter((tool) => !policy.isOffered(tool)) } }),
      ...(mcp.kind === 'command' && !config.demo && { program: { command: mcp.command, args: mcp.args } }),
    })
    const close = async () => {
      pinned.close()
      await folder.remove()
    }
    return { endpoint, pinned, state: () => pinned.state(), close }
  } catch (error) {
    await folder.remove()
    throw error
  }
}

function hasCluster({ kube }: Config): boolean {
  return kube.serviceAccount !== undefined || kube.chosen || inWords('KUBECONFIG', () => hasContexts(kube.paths))
}

function pin(source: KubeconfigSource, path: string, context: string | undefined): PinnedKubeconfig {
  return inWords(context === undefined ? 'KUBECONFIG' : 'KUBE_CONTEXT', () => new PinnedKubeconfig(source, path))
}

/** @throws ConfigError if a kubeconfig cannot be used */
function inWords<T>(variable: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof KubeconfigError) throw new ConfigError(variable, error.message)
    throw error
  }
}
