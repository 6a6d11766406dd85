/** The state of process, model, MCP sessions and cluster for `/health` and the page's status line. */
import type { Evaluation } from '#shared/evaluation'
import type { Health, LinkState } from '#shared/health'
import type { McpReport } from '#shared/mcp-report'
import { localized } from '#shared/messages/message'
import type { Message } from '#shared/messages/message'
import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'
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
  /** Absent if no cluster was chosen. */
  cluster: ClusterInfo | undefined
  evaluated?: Evaluation
}

/** The current health, without requests. */
export function healthOf(parts: HealthParts): Health {
  const { startedAt, monitor, links, policy, turns, model, cluster, evaluated } = parts
  const uptimeSeconds = Math.round((Date.now() - startedAt) / 1000)
  const { baseUrl, name, demo } = model
  const modelHealth = {
    ...modelLink(monitor),
    ...{ name, server: new URL(baseUrl).origin, demo },
    ...(evaluated && { evaluated }),
  }
  const mcp = mcpLink(links, policy)
  const added = links.added && sessionLink(links.added)
  const clusterHealth = clusterLink(links, cluster)
  const stopping = turns.isStopping && because(msg('stopping'))
  return {
    status: worst(
      modelHealth.status,
      mcp.status,
      // Optional: everything else works without it.
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

/** If the user's cluster cannot be reached because of an error. */
export function withoutCluster(health: Health, error: unknown): Health {
  const reason = error instanceof LocalizedError ? error.detail : msg('unexpected')
  return { ...health, status: 'down', cluster: { demo: false, status: 'down', ...because(reason) } }
}

function modelLink(
  monitor: ModelMonitor,
): Pick<Health['model'], 'status' | 'reason' | 'localized' | 'loaded' | 'window'> {
  const { reachable, loaded, window, reason } = monitor.status()
  const status: LinkState = !reachable ? 'down' : reason ? 'degraded' : 'ok'
  return { status, ...(reason && because(reason)), ...(loaded !== undefined && { loaded }), window }
}

function mcpLink({ main, toolbox }: McpLinks, policy: Policy): Health['mcp'] {
  const { transport, sessions } = main.status()
  const offered = toolbox.tools().filter(({ name, annotations, server }) => policy.isOffered(name, annotations, server))
  return { ...sessionLink(main), transport, tools: offered.length, sessions }
}

function sessionLink(session: McpSession): NonNullable<Health['added']> {
  const { state, reason, server } = session.status()
  const status: LinkState = state === 'ready' ? 'ok' : state === 'down' ? 'down' : 'degraded'
  const why = state === 'ready' ? undefined : (reason ?? msg('mcp-connecting'))
  return { status, state, ...(why && because(why)), ...(server && { server }) }
}

/** The state of a caller's sessions for the API. */
export function sessionsReport({ main, added }: Pick<McpLinks, 'main' | 'added'>): McpReport {
  return { ...sessionReport(main), ...(added && { added: sessionReport(added) }) }
}

function sessionReport(session: McpSession) {
  const { reason, ...status } = session.status()
  return { ...status, ...(reason && because(reason)) }
}

function clusterLink({ clusterState }: McpLinks, cluster: ClusterInfo | undefined): Health['cluster'] {
  if (!cluster) return { demo: false }
  const now = clusterState.current()
  // We know the address of a pinned cluster even if the MCP server does not report it.
  if (!now) return cluster.server === undefined ? { ...cluster, verified: false } : cluster
  if (now.state === 'error') {
    const { code, text, localized: own } = now
    return { ...cluster, status: 'down', reason: text, ...(own && { localized: own }), code }
  }
  const { server, name, context, user, uid, version } = now.cluster
  const notice = versionNotice(version)
  return {
    // Only the external MCP server knows its cluster.
    name,
    ...(context !== undefined && { context }),
    server,
    ...(user !== undefined && { user }),
    ...(uid !== undefined && { uid }),
    ...(version !== undefined && { version }),
    ...cluster,
    ...(notice ? { status: 'degraded', ...because(notice), code: notice.code } : { status: 'ok' }),
  }
}

/** Adds the reason to a link that is not healthy. */
function because(reason: Message): Pick<Health['process'], 'reason' | 'localized'> {
  return { reason: reason.text, localized: localized(reason) }
}

function worst(...states: LinkState[]): LinkState {
  if (states.includes('down')) return 'down'
  return states.includes('degraded') ? 'degraded' : 'ok'
}
