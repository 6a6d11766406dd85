/** Each user works with their own rights on the operator's cluster: the API server is asked on their behalf. */
import { createHash } from 'node:crypto'
import { msg } from '#shared/messages/create'
import { canonicalJson } from '#shared/text/canonical-json'
import type { Impersonation } from '#shared/session-credentials'
import type { Caller } from '../../auth/caller'
import { LoginError } from '../../auth/errors'
import { LinkPool } from '../../mcp/links/pool'
import { actingAs } from './acting-as'
import type { ClusterConnection, Connections, LinkedCluster } from './connection'
import { requireNoChoice } from './shared'

/** @param open connects to the source */
export function impersonatingConnections(
  base: ClusterConnection,
  open: (source: LinkedCluster) => ClusterConnection,
): Connections {
  const pool = new LinkPool<ClusterConnection>()
  return {
    base,
    lease: async (caller, cluster) => {
      requireNoChoice(cluster)
      const credentials = impersonationOf(caller)
      const identity = createHash('sha256').update(canonicalJson(credentials)).digest('hex')
      return pool.lease(identity, () => open(actingAs(base.source, credentials)))
    },
    clusters: async () => [],
    close: async () => {
      await Promise.all([pool.close(), base.close()])
    },
  }
}

/**
 * Kubernetes' own names, such as `system:masters`, are never given by a login.
 * @throws LoginError for such a user; such groups are left out
 */
function impersonationOf({ user, groups = [] }: Caller): Impersonation {
  if (isReserved(user.name)) throw new LoginError(msg('login-reserved-name', { user: user.name }))
  return {
    kind: 'impersonation',
    user: user.name,
    groups: [...new Set(groups.filter((group) => !isReserved(group)))].sort(),
  }
}

function isReserved(name: string): boolean {
  return /^system:/i.test(name)
}
