/** One cluster as one user works with it, or all users. */
import { withCluster } from '../../audit'
import type { Audit } from '../../audit'
import type { Caller } from '../../auth/caller'
import type { ClusterChoice } from '#shared/clusters'
import type { ClusterIdentity } from '../../cluster/identity'
import { withPeople } from '../../mcp/toolbox/with-people'
import type { McpLinks } from '../../mcp/links/links'
import type { Lease } from '../../mcp/links/pool'
import type { ClusterSource } from '../sources'

/** What the MCP links lead to. */
export type LinkedCluster = Pick<ClusterSource, 'main' | 'added' | 'pinned' | 'cluster' | 'state'>

export interface ClusterConnection {
  /** Absent if there is only one cluster. */
  id?: string
  /** False: no question can be answered. */
  hasCluster: boolean
  links: McpLinks
  source: LinkedCluster
  /** Names the cluster in each line. */
  audit: Audit
  /** Aborted when the login that it works with has ended. */
  loginEnded: AbortSignal
  close: () => Promise<void>
}

export interface Connections {
  /** The process's own: for health before a login, and for everybody if users share it. */
  readonly base: ClusterConnection
  /**
   * The caller's connection. Release it when the work is done.
   * @param cluster absent: the only one, or `base` if there are several
   * @throws ClusterChoiceError, TooManySessionsError, RancherError
   */
  lease: (caller: Caller, cluster?: string) => Promise<Lease<ClusterConnection>>
  /** The clusters to choose from. Empty if there is only one. @throws RancherError */
  clusters: (caller: Caller) => Promise<ClusterChoice[]>
  close: () => Promise<void>
}

export function createConnection(
  source: LinkedCluster,
  links: McpLinks,
  file: Audit,
  more: Partial<Pick<ClusterConnection, 'id' | 'hasCluster' | 'loginEnded'>> = {},
): ClusterConnection {
  const audit = withCluster(file, () => identityNow(source, links))
  const { recentWrites } = audit
  return {
    hasCluster: true,
    loginEnded: new AbortController().signal,
    ...more,
    links: recentWrites ? { ...links, toolbox: withPeople(links.toolbox, recentWrites) } : links,
    source,
    audit,
    close: () => links.close(),
  }
}

/** Cluster and user as last read: from the kubeconfig, and as the API server sees them. */
function identityNow({ state }: LinkedCluster, { clusterState }: McpLinks): ClusterIdentity {
  const { problem: _, ...chosen } = state()
  const now = clusterState.current()
  if (now?.state !== 'ok') return chosen
  const { name, context, server, user, uid } = now.cluster
  return {
    cluster: name,
    ...(context !== undefined && { context }),
    ...chosen,
    apiServer: server,
    ...(user !== undefined && { apiUser: user }),
    ...(uid !== undefined && { clusterUid: uid }),
  }
}
