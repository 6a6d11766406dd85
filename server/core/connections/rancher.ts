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
import { watchLogin } from './watch-login'

interface Options {
  rancher: Rancher
  /** Of the process, without a cluster. */
  base: ClusterConnection
  open: (source: LinkedCluster, more: { id: string; loginEnded: AbortSignal }) => ClusterConnection
}

export function rancherConnections({ rancher, base, open }: Options): Connections {
  const pool = new LinkPool<ClusterConnection>()

  function connect(identity: string, token: Secret, { id, name }: RancherCluster): ClusterConnection {
    const login = new AbortController()
    const connection = open(userSource(base.source, rancher, token, { id, name }), { id, loginEnded: login.signal })
    const onEnded = () => {
      login.abort(new LocalizedError(msg('login-rancher-ended')))
      pool.drop(identity)
    }
    const stop = watchLogin(connection.links, () => rancher.isEnded(token), onEnded)
    return {
      ...connection,
      close: () => {
        stop()
        return connection.close()
      },
    }
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
