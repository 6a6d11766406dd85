/** The state of process, model and MCP session, as `/health` and the page's status line tell it. */
import type { Health, LinkState } from '#shared/health'
import packageJson from '../package.json'
import type { Policy } from './agent/policy'
import type { McpSession } from './mcp/session'
import type { Toolbox } from './mcp/types'
import type { ModelMonitor } from './model/status'
import type { ClusterInfo, ModelSource } from './sources'
import type { Turns } from './turns/turns'

export interface HealthParts {
  startedAt: number
  monitor: ModelMonitor
  session: McpSession
  toolbox: Toolbox
  policy: Policy
  turns: Turns
  model: ModelSource
  cluster: ClusterInfo
}

/** The health now; asks nothing. */
export function healthOf({ startedAt, monitor, session, toolbox, policy, turns, model, cluster }: HealthParts): Health {
  const uptimeSeconds = Math.round((Date.now() - startedAt) / 1000)
  const { baseUrl, name, demo } = model
  const modelHealth = { ...modelLink(monitor), name, server: new URL(baseUrl).origin, demo }
  const mcp = mcpLink(session, toolbox, policy)
  const stopping = turns.isStopping && { reason: 'The server is being stopped.' }
  return {
    status: worst(modelHealth.status, mcp.status, stopping ? 'degraded' : 'ok'),
    version: packageJson.version,
    process: { status: stopping ? 'degraded' : 'ok', ...stopping, uptimeSeconds, turns: turns.running },
    model: modelHealth,
    mcp,
    cluster,
  }
}

function modelLink(monitor: ModelMonitor): Pick<Health['model'], 'status' | 'reason' | 'loaded' | 'window'> {
  const { reachable, loaded, window, reason } = monitor.status()
  const status: LinkState = !reachable ? 'down' : reason ? 'degraded' : 'ok'
  return { status, ...(reason && { reason }), ...(loaded !== undefined && { loaded }), window }
}

function mcpLink(session: McpSession, toolbox: Toolbox, policy: Policy): Health['mcp'] {
  const { state, reason, transport, server, sessions } = session.status()
  const status: LinkState = state === 'ready' ? 'ok' : state === 'down' ? 'down' : 'degraded'
  const tools = toolbox.tools().filter(({ name, annotations }) => policy.isOffered(name, annotations)).length
  const words = state === 'ready' ? undefined : (reason ?? 'connecting')
  return { status, state, transport, tools, sessions, ...(words && { reason: words }), ...(server && { server }) }
}

function worst(...states: LinkState[]): LinkState {
  if (states.includes('down')) return 'down'
  return states.includes('degraded') ? 'degraded' : 'ok'
}
