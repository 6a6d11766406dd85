/** Puts the parts together for one process: which model, which MCP server, which cluster; and says how they are. */
import type { Health, LinkState } from '#shared/health'
import type { Logger } from 'pino'
import packageJson from '../package.json'
import { HIDDEN_ARGUMENTS, isOffered } from './agent/policy'
import { runTurn } from './agent/turn'
import type { TurnEvent } from './agent/events'
import { ConfigError } from './config'
import type { Config } from './config'
import { KubeconfigError, hasContexts, readKubeconfig } from './cluster/kubeconfig'
import { embeddedServer } from './mcp/embedded'
import { McpUnavailableError } from './mcp/errors'
import { McpSession } from './mcp/session'
import { createToolbox } from './mcp/toolbox'
import type { Toolbox } from './mcp/types'
import type { McpEndpoint } from './mcp/transport'
import { createOllamaModel } from './model/client'
import { probeOllama } from './model/ollama-api'
import { ModelMonitor } from './model/status'
import type { ChatModel, ModelMessage } from './model/types'

export interface ClusterInfo {
  name?: string
  context?: string
  demo: boolean
}

export interface Assistant {
  readonly model: ChatModel
  readonly session: McpSession
  readonly toolbox: Toolbox
  readonly cluster: ClusterInfo
  /** Names under which the server may be asked; absent: any. */
  readonly allowedHosts: readonly string[] | undefined
  turn: (history: readonly ModelMessage[], signal: AbortSignal) => AsyncGenerator<TurnEvent, void, void>
  health: () => Health
  close: () => Promise<void>
}

const DEFAULT_OLLAMA = 'http://127.0.0.1:11434'

/** How long the embedded default looks for an Ollama on this machine, in milliseconds. */
const PROBE_MS = 1000

/** How often the model's state is read anew, in milliseconds. */
const REFRESH_MS = 30_000

interface ModelSource {
  baseUrl: string
  name: string
  demo: boolean
  close: () => Promise<void>
}

interface ClusterSource {
  endpoint: McpEndpoint
  cluster: ClusterInfo
  close: () => Promise<void>
}

/**
 * Starts everything that lives as long as the process. Links that are down are no error: health tells, and they heal.
 * @throws ConfigError where the configuration cannot work
 */
export async function startAssistant(config: Config, log: Logger): Promise<Assistant> {
  const startedAt = Date.now()
  const clusterSource = await chooseCluster(config)
  const modelSource = await chooseModel(config)
  const { apiKey, contextLength, stallMs } = config.model
  const { baseUrl, name } = modelSource
  const access = { baseUrl, model: name, ...(apiKey && !modelSource.demo && { apiKey }) }
  const model = createOllamaModel({ ...access, stallMs })
  const monitor = new ModelMonitor({ ...access, ...(contextLength !== undefined && { contextLength }) })
  const stopped = new AbortController()
  void monitor.warmUp(stopped.signal)
  const refresher = setInterval(() => void monitor.refresh(stopped.signal), REFRESH_MS)
  refresher.unref()

  const clientInfo = { name: packageJson.name, version: packageJson.version }
  const session = new McpSession({ endpoint: clusterSource.endpoint, clientInfo, log: log.child({ part: 'mcp' }) })
  const toolbox = createToolbox(session, HIDDEN_ARGUMENTS)
  session.start()
  const { cluster } = clusterSource
  const origin = new URL(baseUrl).origin
  log.info({ model: name, modelServer: origin, demoModel: modelSource.demo, cluster }, 'assistant started')

  return {
    model,
    session,
    toolbox,
    cluster,
    allowedHosts: config.allowedHosts,
    turn: async function* (history, signal) {
      const [windowTokens, noTools] = await Promise.all([windowInForce(monitor, signal), withoutTools(session, signal)])
      if (noTools && toolbox.tools().length === 0) {
        yield { type: 'error', code: 'mcp-down', message: noTools }
        yield { type: 'finish', reason: 'error', usage: { promptTokens: 0, completionTokens: 0 } }
        return
      }
      yield* runTurn(history, { model, toolbox, windowTokens, cluster, maxRounds: config.maxRounds }, signal)
    },
    health: () => {
      const uptimeSeconds = Math.round((Date.now() - startedAt) / 1000)
      const modelHealth = { ...modelLink(monitor), name, server: origin, demo: modelSource.demo }
      const mcp = mcpLink(session, toolbox)
      return {
        status: worst(modelHealth.status, mcp.status),
        version: packageJson.version,
        process: { status: 'ok', uptimeSeconds },
        model: modelHealth,
        mcp,
        cluster,
      }
    },
    close: async () => {
      stopped.abort()
      clearInterval(refresher)
      await session.close()
      await Promise.all([clusterSource.close(), modelSource.close()])
    },
  }
}

async function chooseModel(config: Config): Promise<ModelSource> {
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

/**
 * Waits for the MCP session: a question may come before it is ready. Without tools a small model makes data up, so a
 * turn does not begin then.
 * @returns in words why there is no session; undefined where there is one
 */
async function withoutTools(session: McpSession, signal: AbortSignal): Promise<string | undefined> {
  try {
    await session.untilReady(signal)
  } catch (error) {
    return error instanceof McpUnavailableError ? error.message : undefined
  }
}

/**
 * The window, in tokens. Ollama tells it only of a loaded model; one that is not is loaded first, which the question
 * would do anyway, since a budget of the smallest window would cost the answer tools and results.
 */
async function windowInForce(monitor: ModelMonitor, signal: AbortSignal): Promise<number> {
  const { window, loaded, reachable } = monitor.status()
  if (window.source !== 'assumed' || (reachable && loaded !== false)) return window.tokens
  const gone = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  )
  const warmed = await Promise.race([monitor.warmUp(), gone]).catch(() => monitor.status())
  return warmed.window.tokens
}

async function chooseCluster(config: Config): Promise<ClusterSource> {
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

function modelLink(monitor: ModelMonitor): Pick<Health['model'], 'status' | 'reason' | 'loaded' | 'window'> {
  const { reachable, loaded, window, reason } = monitor.status()
  const status: LinkState = !reachable ? 'down' : reason ? 'degraded' : 'ok'
  return { status, ...(reason && { reason }), ...(loaded !== undefined && { loaded }), window }
}

function mcpLink(session: McpSession, toolbox: Toolbox): Health['mcp'] {
  const { state, reason, transport, server } = session.status()
  const status: LinkState = state === 'ready' ? 'ok' : state === 'down' ? 'down' : 'degraded'
  const tools = toolbox.tools().filter((tool) => isOffered(tool.name)).length
  const words = state === 'ready' ? undefined : (reason ?? 'connecting')
  return { status, state, transport, tools, ...(words && { reason: words }), ...(server && { server }) }
}

function worst(...states: LinkState[]): LinkState {
  if (states.includes('down')) return 'down'
  return states.includes('degraded') ? 'degraded' : 'ok'
}
