/** Which model server and which cluster are in use: what the operator set, else what is there, else the demo's. */
import { basename } from 'node:path'
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
  const nothing = async () => undefined
  if (!config.demo && mcp.kind === 'url') {
    const { transport, url, authToken } = mcp
    const endpoint: McpEndpoint = { transport, url, ...(authToken !== undefined && { authToken }) }
    return { endpoint, cluster: { demo: false }, close: nothing }
  }
  if (config.demo || !hasCluster(config)) {
    const { startDemoCluster } = await import('../demo/cluster')
    const demo = await startDemoCluster()
    const cluster = { name: 'demo', context: demo.context, demo: true }
    const source = await startServer(config, { paths: [demo.kubeconfigPath], env })
    const close = async () => {
      await source.close()
      await demo.close()
    }
    return { endpoint: source.endpoint, cluster, close }
  }
  if (kube.inCluster)
    return { ...(await startServer(config, { paths: [], env })), cluster: { name: 'in-cluster', demo: false } }
  const chosen = kubeconfig(kube.paths, kube.context)
  const { name, context } = chosen
  const alone = kube.context !== undefined ? chosen.alone : undefined
  return { ...(await startServer(config, { paths: kube.paths, alone, env })), cluster: { name, context, demo: false } }
}

/** What a person calls the cluster: its context where we know it, else where it is reached. */
export function clusterLabel({ cluster: { context, name }, endpoint }: ClusterSource): string {
  return context ?? name ?? serverLabel(endpoint)
}

/** How the MCP server is reached: an approval for one is none for another. */
export function serverLabel(endpoint: McpEndpoint): string {
  if (endpoint.transport !== 'stdio') return `${endpoint.transport} ${endpoint.url.href}`
  return ['stdio', basename(endpoint.command), ...endpoint.args].join(' ')
}

/** Our own command over stdio where the operator set one, else the server that comes with the product. */
async function startServer(
  config: Config,
  kube: { paths: string[]; alone?: string | undefined; env: Record<string, string> },
): Promise<{ endpoint: McpEndpoint; close: () => Promise<void> }> {
  const { mcp } = config
  const { endpoint, cleanUp } = await embeddedServer({
    kubeconfigs: kube.paths,
    ...(kube.alone && { kubeconfigAlone: kube.alone }),
    env: kube.env,
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
