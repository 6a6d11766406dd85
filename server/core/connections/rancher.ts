/** Each user works with their own Rancher token, on any cluster that they see there. */
import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'
import type { Caller } from '../../auth/caller'
import { LoginError } from '../../auth/errors'
import type { Secret } from '../../auth/secret'
import { LinkPool } from '../../mcp/links/pool'
import type { Rancher, RancherCluster } from '../../rancher/rancher'
import { actingAs } from './acting-as'
import type { ClusterConnection, Connections, LinkedCluster } from './connection'
import { ClusterChoiceError } from './errors'

interface Options {
  rancher: Rancher
  /** Of the process, without a cluster. */
  base: ClusterConnection
  open: (source: LinkedCluster, more: { id: string; loginEnded: AbortSignal }) => ClusterConnection
}

/** Rancher may be out of reach just now, or have answered before the session's end. In milliseconds. */
const AGAIN_MS = 5000

export function rancherConnections({ rancher, base, open }: Options): Connections {
  const pool = new LinkPool<ClusterConnection>()

  function connect(identity: string, token: Secret, { id, name }: RancherCluster): ClusterConnection {
    const login = new AbortController()
    const connection = open(userSource(base.source, rancher, token, { id, name }), { id, loginEnded: login.signal })
    let checking: NodeJS.Timeout | undefined
    async function check(): Promise<void> {
      clearTimeout(checking)
      const now = connection.links.clusterState.current()
      if (login.signal.aborted || now?.state !== 'error' || now.code !== 'unauthorized') return
      if (await rancher.isEnded(token).catch(() => false)) {
        login.abort(new LocalizedError(msg('login-rancher-ended')))
        pool.drop(identity)
      } else checking = setTimeout(() => void check(), AGAIN_MS).unref()
    }
    connection.links.onChange(() => void check())
    return connection
  }

  return {
    base,
    async lease(caller, wanted) {
      const token = tokenOf(caller)
      const visible = await rancher.clustersOf(token)
      if (wanted === undefined && visible.length !== 1) return { value: base, release: () => undefined }
      const cluster = wanted === undefined ? visible[0] : visible.find(({ id }) => id === wanted)
      if (!cluster) throw new ClusterChoiceError(msg('cluster-not-visible', { cluster: wanted ?? '' }))
      const identity = `${token.hash} ${cluster.id}`
      return pool.lease(identity, () => connect(identity, token, cluster))
    },
    clusters: (caller) => rancher.clustersOf(tokenOf(caller)),
    async close() {
      await Promise.all([pool.close(), base.close()])
      await rancher.close()
    },
  }
}

function tokenOf({ token }: Caller): Secret {
  if (!token) throw new LoginError(msg('login-rancher'))
  return token
}

function userSource(
  source: LinkedCluster,
  rancher: Rancher,
  token: Secret,
  { id, name }: { id: string; name: string },
): LinkedCluster {
  const { ca } = rancher
  const server = rancher.apiUrl(id)
  const credentials = { kind: 'token' as const, server, token: token.reveal(), name, ...(ca !== undefined && { ca }) }
  return {
    ...actingAs(source, credentials),
    cluster: { name, server, demo: false },
    state: () => ({ cluster: name, apiServer: server }),
  }
}
