/** Which model server and which cluster are in use: what the operator set, else what is there, else the demo's. */
import { basename } from 'node:path'
import { createPolicy } from './agent/policy'
import type { AccessMode } from './agent/policy'
import { ConfigError } from './config'
import type { Config } from './config'
import { KubeconfigError, hasContexts, readKubeconfig } from './cluster/kubeconfig'
import { embeddedServer } from './mcp/embedded'
import type { McpEndpoint } from './mcp/transport'
import { probeOllama } from './model/ollama-api'

export interface ClusterInfo {
  name?: string
  context?: string
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
  const { mcp, kube, childEnv: env } = config
  const accessMode = config.access.mode ?? 'read-only'
  const nothing = async () => undefined
  if (!config.demo && mcp.kind === 'url') {
    const { transport, url, authToken } = mcp
    const endpoint: McpEndpoint = { transport, url, ...(authToken !== undefined && { authToken }) }
    return { endpoint, cluster: { demo: false }, accessMode, close: nothing }
  }
  if (config.demo || !hasCluster(config)) {
    const { startDemoCluster } = await import('../demo/cluster')
    const demo = await startDemoCluster()
    const cluster = { name: 'demo', context: demo.context, demo: true }
    const demoMode = config.access.mode ?? 'approve'
    const source = await startServer(config, { paths: [demo.kubeconfigPath], env }, demoMode)
    const close = async () => {
      await source.close()
      await demo.close()
    }
    return { endpoint: source.endpoint, cluster, accessMode: demoMode, close }
  }
  if (kube.inCluster) {
    const source = await startServer(config, { paths: [], env }, accessMode)
    return { ...source, cluster: { name: 'in-cluster', demo: false }, accessMode }
  }
  const chosen = kubeconfig(kube.paths, kube.context)
  const { name, context } = chosen
  const alone = kube.context !== undefined ? chosen.alone : undefined
  const source = await startServer(config, { paths: kube.paths, alone, env }, accessMode)
  return { ...source, cluster: { name, context, demo: false }, accessMode }
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

/** Our own command over stdio where the operator set one, else the server that comes with the product. */
async function startServer(
  config: Config,
  kube: { paths: string[]; alone?: string | undefined; env: Record<string, string> },
  mode: AccessMode,
): Promise<{ endpoint: McpEndpoint; close: () => Promise<void> }> {
  const { mcp, access } = config
  const policy = createPolicy({ mode, rules: access.rules })
  const { endpoint, cleanUp } = await embeddedServer({
    kubeconfigs: kube.paths,
    ...(kube.alone && { kubeconfigAlone: kube.alone }),
    env: kube.env,
    ...(mode === 'approve' && { writes: { disabledTools: FENCED.filter((tool) => !policy.isOffered(tool)) } }),
    ...(mcp.kind === 'command' && !config.demo && { program: { command: mcp.command, args: mcp.args } }),
  })
  return { endpoint, close: cleanUp }
}

function hasCluster({ kube }: Config): boolean {
  return kube.inCluster || kube.chosen || hasContexts(kube.paths)
}

function kubeconfig(paths: string[], context: string | undefined) {
  try {
    return readKubeconfig(paths, context)
  } catch (error) {
    if (error instanceof KubeconfigError) throw new ConfigError(context ? 'KUBE_CONTEXT' : 'KUBECONFIG', error.message)
    throw error
  }
}
