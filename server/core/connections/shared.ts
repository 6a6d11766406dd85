/** All users work with the operator's credentials, on one cluster. */
import { msg } from '#shared/messages/create'
import type { ClusterConnection, Connections } from './connection'
import { ClusterChoiceError } from './errors'

export function sharedConnections(base: ClusterConnection): Connections {
  return {
    base,
    lease: async (_, cluster) => {
      requireNoChoice(cluster)
      return { value: base, release: () => undefined }
    },
    clusters: async () => [],
    close: () => base.close(),
  }
}

/** @throws ClusterChoiceError: a client that names a cluster must not get answers of another one */
export function requireNoChoice(cluster: string | undefined): void {
  if (cluster !== undefined) throw new ClusterChoiceError(msg('cluster-no-choice', { cluster }))
}
