/** What a question is about: the cluster, a namespace, or one object. */
import { msg } from '../../shared/messages/create'
import { KubeError } from '../kubernetes/errors/errors'
import { getObject } from '../kubernetes/list/object'
import type { Cluster } from '../kubernetes/types'
import { HELM_RELEASE, releaseObjects } from './checks/delivery/helm-release'
import { kindId } from './ref'
import type { Ref } from './types'
import type { World } from './world/world'

export interface Asked {
  namespace?: string | undefined
  resource?: string | undefined
  name?: string | undefined
}

export interface Target {
  namespace?: string | undefined
  /** Set for a node: only its pods are read. */
  node?: string | undefined
  /** The object; absent for a namespace or the cluster. */
  ref?: Ref | undefined
}

/** Words for a Helm release, which is not a kind of the API. */
const RELEASE = /^(?:helm|release|helm[ _-]?release)s?$/i
const NAMESPACE = /^(?:ns|namespaces?)$/i
const CLUSTER = /^(?:clusters?|all)$/i

/** @throws KubeError `not-found` with similar names, `invalid-arguments` */
export async function findTarget(cluster: Cluster, asked: Asked, signal: AbortSignal): Promise<Target> {
  const { namespace, resource, name } = asked
  if (resource !== undefined && NAMESPACE.test(resource)) return { namespace: name ?? namespace }
  // A kind without a name asks about the namespace.
  if (name === undefined || (resource !== undefined && CLUSTER.test(resource))) return { namespace }
  if (resource !== undefined && RELEASE.test(resource)) {
    const context = namespace ?? cluster.defaultNamespace
    return { namespace: context, ref: { kind: HELM_RELEASE, namespace: context, name } }
  }
  if (resource === undefined) return findByName(cluster, name, namespace, signal)
  const kind = (await cluster.discovery.find(resource, signal)).resource
  const object = await getObject(cluster, { resource: kind, namespace, name, signal })
  const ref = {
    kind: kindId(object.apiVersion ?? 'v1', kind.kind),
    namespace: object.metadata.namespace,
    name: object.metadata.name,
  }
  if (ref.kind === 'Node') return { node: name, ref }
  // Its effects may be in any namespace.
  return kind.namespaced ? { namespace: ref.namespace, ref } : { ref }
}

/** Kinds that a bare name most likely means. */
const USUAL = ['deployments', 'statefulsets', 'daemonsets', 'pods', 'services', 'jobs', 'cronjobs'] as const

async function findByName(
  cluster: Cluster,
  name: string,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<Target> {
  let last: unknown
  for (const resource of USUAL)
    try {
      return await findTarget(cluster, { resource, name, namespace }, signal)
    } catch (error) {
      if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
      last ??= error
    }
  throw last instanceof KubeError && last.code !== 'not-found'
    ? last
    : new KubeError('not-found', msg('object-missing-anywhere', { kind: 'workload', name }))
}

/** The objects whose troubles count; undefined: all. */
export function targetRefs(world: World, { ref }: Target): Ref[] | undefined {
  if (!ref) return undefined
  return ref.kind === HELM_RELEASE ? [ref, ...releaseObjects(world, ref.namespace, ref.name)] : [ref]
}
