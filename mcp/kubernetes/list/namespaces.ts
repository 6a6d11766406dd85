/** Which namespaces exist, as far as the user may know. */
import { both, msg } from '../../../shared/messages/create'
import { didYouMean } from '../did-you-mean'
import { nearest } from '../discovery/near'
import { KubeError } from '../errors/errors'
import type { Cluster } from '../types'
import { objectSchema, readPages } from './paging'

/** Undefined if the namespace exists or this is unknown. */
export async function missingNamespace(
  cluster: Cluster,
  namespace: string,
  signal: AbortSignal,
): Promise<KubeError | undefined> {
  try {
    await cluster.client.get(`/api/v1/namespaces/${encodeURIComponent(namespace)}`, { schema: objectSchema, signal })
    return undefined
  } catch (error) {
    if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
    if (error.code !== 'not-found') return undefined
    const all = await namespaces(cluster, signal)
    const near = nearest(namespace, all ?? cluster.knownNamespaces)
    const detail = both(msg('namespace-missing', { namespace }), didYouMean(near))
    return new KubeError('missing-namespace', detail, { namespace, near: near.join(', ') })
  }
}

/** Names of all namespaces; undefined if listing them is forbidden. */
export async function namespaces(cluster: Cluster, signal: AbortSignal): Promise<string[] | undefined> {
  try {
    const { rows } = await readPages(cluster.client, {
      path: '/api/v1/namespaces',
      table: { objects: 'metadata' },
      signal,
    })
    return rows.map(({ object }) => object.metadata.name)
  } catch (error) {
    if (error instanceof KubeError && error.code === 'forbidden') return undefined
    throw error
  }
}
