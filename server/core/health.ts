/** The state of process, model, MCP sessions and cluster, as `/health` and the page's status line tell it. */
import type { Health, LinkState } from '#shared/health'
import { versionNotice } from '#shared/kubernetes/version'
import packageJson from '../../package.json'
import type { Policy } from '../agent/policy'
import type { McpLinks } from '../mcp/links/links'
import type { McpSession } from '../mcp/session/session'
import type { ModelMonitor } from '../model/status'
import type { ClusterInfo, ModelSource } from './sources'
import type { Turns } from '../turns/turns'

export interface HealthParts {
  startedAt: number
  monitor: ModelMonitor
  links: McpLinks
  policy: Policy
  turns: Turns
  model: ModelSource
  cluster: ClusterInfo
}

/** The health now; asks nothing. */
export function healthOf({ startedAt, monitor, links, policy, turns, model, cluster }: HealthParts): Health {
  const uptimeSeconds = Math.round((Date.now() - startedAt) / 1000)
  const { baseUrl, name, demo } = model
  const modelHealth = { ...modelLink(monitor), name, server: new URL(baseUrl).origin, demo }
  const mcp = mcpLink(links, policy)
  const added = links.added && sessionLink(links.added)
  const clusterHealth = clusterLink(links, cluster)
  const stopping = turns.isStopping && { reason: 'The server is being stopped.' }
  return {
    status: worst(
      modelHealth.status,
      mcp.status,
      // Without it all else works.
      added && added.status !== 'ok' ? 'degraded' : 'ok',
      clusterHealth.status ?? 'ok',
      stopping ? 'degraded' : 'ok',
    ),
    version: packageJson.version,
    process: { status: stopping ? 'degraded' : 'ok', ...stopping, uptimeSeconds, turns: turns.running },
    model: modelHealth,
    mcp,
    ...(added && { added }),
    cluster: clusterHealth,
  }
}

function modelLink(monitor: ModelMonitor): Pick<Health['model'], 'status' | 'reason' | 'loaded' | 'window'> {
  const { reachable, loaded, window, reason } = monitor.status()
  const status: LinkState = !reachable ? 'down' : reason ? 'degraded' : 'ok'
  return { status, ...(reason && { reason }), ...(loaded !== undefined && { loaded }), window }
}

function mcpLink({ main, toolbox }: McpLinks, policy: Policy): Health['mcp'] {
  const { transport, sessions } = main.status()
  const offered = toolbox.tools().filter(({ name, annotations, server }) => policy.isOffered(name, annotations, server))
  return { ...sessionLink(main), transport, tools: offered.length, sessions }
}

function sessionLink(session: McpSession): NonNullable<Health['added']> {
  const { state, reason, server } = session.status()
  const status: LinkState = state === 'ready' ? 'ok' : state === 'down' ? 'down' : 'degraded'
  const words = state === 'ready' ? undefined : (reason ?? 'connecting')
  return { status, state, ...(words && { reason: words }), ...(server && { server }) }
}

function clusterLink({ clusterState }: McpLinks, cluster: ClusterInfo): Health['cluster'] {
  const now = clusterState.current()
  // A cluster that we pinned ourselves is known by its address, even if the server in use does not tell it.
  if (!now) return cluster.server === undefined ? { ...cluster, verified: false } : cluster
  if (now.state === 'error') return { ...cluster, status: 'down', reason: now.text, code: now.code }
  const { server, name, context, user, uid, version } = now.cluster
  const notice = versionNotice(version)
  return {
    // An external MCP server has chosen the cluster: it alone knows.
    name,
    ...(context !== undefined && { context }),
    server,
    ...(user !== undefined && { user }),
    ...(uid !== undefined && { uid }),
    ...(version !== undefined && { version }),
    ...cluster,
    ...(notice ? { status: 'degraded', reason: notice.text, code: notice.code } : { status: 'ok' }),
  }
}

function worst(...states: LinkState[]): LinkState {
  if (states.includes('down')) return 'down'
  return states.includes('degraded') ? 'degraded' : 'ok'
}
