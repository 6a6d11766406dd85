/** Where the calls of each MCP server in use go. */
import { OWN_SERVER } from '../mcp/servers'
import type { McpLinks } from '../mcp/links/links'
import { serverLabel } from '../core/sources'
import type { ClusterSource } from '../core/sources'
import type { Identified, PlaceOf } from './place'

const KUBE_SYSTEM = 'kube-system'

/** Our own server binds each change itself. For one that we start beside it, ours tells cluster and user. */
export function placesOf(
  { main, added, pinned }: Pick<ClusterSource, 'main' | 'added' | 'pinned'>,
  links: Pick<McpLinks, 'clusterState'>,
): PlaceOf {
  const identify = (signal: AbortSignal) => identified(links, signal)
  return (server) => {
    if (server === OWN_SERVER) return { server: serverLabel(main.endpoint) }
    // One that we start reads the same kubeconfig; what an external one does, nobody knows.
    return { server: serverLabel((added ?? main).endpoint), ...(pinned && { identify }) }
  }
}

async function identified({ clusterState }: Pick<McpLinks, 'clusterState'>, signal: AbortSignal): Promise<Identified> {
  const now = await clusterState.refresh(signal).catch(() => undefined)
  if (!now) return { problem: 'Cluster and user cannot be read now.' }
  if (now.state === 'error') return { problem: now.text }
  const { cluster } = now
  const { server, user, uid } = cluster
  if (uid === undefined)
    return {
      problem: `User ${user ?? 'unknown'} may not get the namespace ${KUBE_SYSTEM}, so that the cluster cannot be identified, and nothing is changed. Allow "get" on it.`,
    }
  return { identity: { server, user: user ?? 'unknown', uid, uidOf: KUBE_SYSTEM }, cluster }
}
