/** Reads the objects that the health of Services and claims depends on, as far as the user may. */
import { isScaledAtUnknownTime } from '../../../shared/kubernetes/health/health'
import { relatedOf } from '../../../shared/kubernetes/health/related'
import type { Related } from '../../../shared/kubernetes/health/related'
import type { Verdict } from '../../../shared/result'
import { KubeError } from '../errors/errors'
import { readPages } from '../list/paging'
import { collectionPath } from '../../../shared/kubernetes/api'
import type { ApiResource, Cluster, KubeObject } from '../types'
import { builtInKind } from '../../../shared/kubernetes/built-in-kinds'

const SLICES = builtInKind('EndpointSlice')
const CLASSES = builtInKind('StorageClass')
const PODS = builtInKind('Pod')

type Path = Pick<ApiResource, 'group' | 'version' | 'plural' | 'namespaced'>

/** Pods are read for claims of one namespace only: in a large cluster they would cost too much. */
const MOST = 5000

/** @returns undefined for kinds whose health needs no other objects */
export async function readRelated(
  cluster: Cluster,
  { group, plural }: ApiResource,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<Related | undefined> {
  const read = (what: Path) => readable(cluster, what, namespace, signal)
  if (group === '' && plural === 'services') return relatedOf({ endpointSlices: await read(SLICES) })
  if (group === '' && plural === 'persistentvolumeclaims') {
    const [storageClasses, pods] = await Promise.all([read(CLASSES), read(PODS)])
    return relatedOf({ storageClasses, pods })
  }
  return undefined
}

/**
 * The pods of workloads that wait since a scaling without a time: they tell how long.
 * @returns undefined if no verdict depends on them
 */
export async function readScaledPods(
  cluster: Cluster,
  rows: readonly { object: KubeObject; verdict: Verdict | undefined }[],
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<Related | undefined> {
  if (!rows.some(({ object, verdict }) => verdict === 'waiting' && isScaledAtUnknownTime(object))) return undefined
  const pods = await readable(cluster, PODS, namespace, signal, { objects: 'metadata' })
  return pods && relatedOf({ pods })
}

/** Undefined if it is forbidden or incomplete. */
async function readable(
  cluster: Cluster,
  what: Path,
  namespace: string | undefined,
  signal: AbortSignal,
  table?: { objects: 'metadata' },
): Promise<KubeObject[] | undefined> {
  try {
    const path = collectionPath(what, namespace)
    const { rows, cut } = await readPages(cluster.client, { path, table, most: MOST, signal })
    return cut ? undefined : rows.map(({ object }) => object)
  } catch (error) {
    if (error instanceof KubeError && !error.concernsEveryCall) return undefined
    throw error
  }
}
