/** The destinations of each MCP server's calls. */
import { msg } from '#shared/messages/create'
import { OWN_SERVER } from '../mcp/servers'
import { problemOf } from '../mcp/links/cluster-state'
import type { McpLinks } from '../mcp/links/links'
import { serverLabel } from '../core/sources'
import type { ClusterSource } from '../core/sources'
import type { Identified, PlaceOf } from './place'

const KUBE_SYSTEM = 'kube-system'

/** Our own server binds each change itself, and identifies cluster and user for other servers that we start. */
export function placesOf(
  { main, added, pinned }: Pick<ClusterSource, 'main' | 'added' | 'pinned'>,
  links: Pick<McpLinks, 'clusterState'>,
): PlaceOf {
  const identify = (signal: AbortSignal) => identified(links, signal)
  return (server) => {
    if (server === OWN_SERVER) return { server: serverLabel(main.endpoint) }
    // A server that we start reads the same kubeconfig; an external one's cluster is unknown.
    return { server: serverLabel((added ?? main).endpoint), ...(pinned && { identify }) }
  }
}

async function identified({ clusterState }: Pick<McpLinks, 'clusterState'>, signal: AbortSignal): Promise<Identified> {
  const now = await clusterState.refresh(signal).catch(() => undefined)
  if (!now) return { problem: msg('cluster-not-read') }
  if (now.state === 'error') return { problem: problemOf(now) }
  const { cluster } = now
  const { server, user, uid } = cluster
  if (uid === undefined)
    return { problem: msg('kube-system-forbidden', { user: user ?? msg('unknown-word'), namespace: KUBE_SYSTEM }) }
  return { identity: { server, user: user ?? 'unknown', uid, uidOf: KUBE_SYSTEM }, cluster }
}
