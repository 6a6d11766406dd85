/** The additional quota that a change needs. */
import { at, numberAt, textAt } from '../../../kubernetes/read/fields'
import { parseQuantity } from '../../../../shared/kubernetes/quantities'
import type { KubeObject } from '../../../kubernetes/types'
import { changes } from '../effect'
import type { Demand } from './pod-demand'
import { rolloutLimits } from './rollout-limits'
import type { Change } from '../types'

export interface Need {
  /** Of the object itself: the API server refuses the change if this does not fit. */
  object: Demand
  /** Pods that a controller creates later; those that do not fit stay missing. */
  pods: number
  /** True if the need is temporary, during a rollout. */
  surge: boolean
}

/** Undefined if it needs nothing. */
export function needOf(change: Change): Need | undefined {
  const { effect, operation, object } = change
  const { kind, group, plural } = operation.resource
  const after = effect.after ?? object
  if (effect.verb === 'create') {
    const counts = { [`count/${plural}${group === '' ? '' : `.${group}`}`]: 1, ...ownCounts(kind, group, after) }
    return { object: kind === 'Pod' ? {} : counts, pods: podsOf(kind, after), surge: false }
  }
  if (effect.verb !== 'update') return undefined
  if (kind === 'PersistentVolumeClaim' && changes(effect, 'spec', 'resources')) {
    const [before, wanted] = [storageOf(operation.live), storageOf(after)]
    return wanted > before ? { object: { 'requests.storage': wanted - before }, pods: 0, surge: false } : undefined
  }
  // Missing pods count as well: with 9 wanted and 2 existing, 7 are still to come.
  const existing = numberAt(operation.live, 'status', 'replicas') ?? effect.replicas?.from ?? 0
  if (effect.replicas && effect.replicas.to > effect.replicas.from)
    return { object: {}, pods: Math.max(0, effect.replicas.to - existing), surge: false }
  if (kind === 'Deployment' && changes(effect, 'spec', 'template')) {
    const { surge } = rolloutLimits(after)
    return surge > 0 ? { object: {}, pods: surge, surge: true } : undefined
  }
  return undefined
}

/** Counts with their own names, in addition to `count/…`. */
function ownCounts(kind: string, group: string, object: KubeObject): Demand {
  if (group !== '') return {}
  switch (kind) {
    case 'Service': {
      const type = textAt(object, 'spec', 'type')
      const ports = type === 'NodePort' || type === 'LoadBalancer' ? listLength(object, 'spec', 'ports') : 0
      return {
        services: 1,
        ...(type === 'LoadBalancer' && { 'services.loadbalancers': 1 }),
        ...(ports > 0 && { 'services.nodeports': ports }),
      }
    }
    case 'PersistentVolumeClaim':
      return { persistentvolumeclaims: 1, 'requests.storage': storageOf(object) }
    case 'ConfigMap':
    case 'Secret':
    case 'ReplicationController':
    case 'ResourceQuota':
      return { [`${kind.toLowerCase()}s`]: 1 }
    default:
      return {}
  }
}

function listLength(object: KubeObject, ...path: string[]): number {
  const list = at(object, ...path)
  return Array.isArray(list) ? list.length : 0
}

function storageOf(claim: KubeObject | undefined): number {
  return parseQuantity(textAt(claim, 'spec', 'resources', 'requests', 'storage')) ?? 0
}

/** Pods that a new object creates. For a DaemonSet this depends on the nodes. */
function podsOf(kind: string, object: KubeObject): number {
  switch (kind) {
    case 'Pod':
      return 1
    case 'Deployment':
    case 'StatefulSet':
    case 'ReplicaSet':
    case 'ReplicationController':
      return numberAt(object, 'spec', 'replicas') ?? 1
    case 'Job':
      return at(object, 'spec', 'suspend') === true ? 0 : (numberAt(object, 'spec', 'parallelism') ?? 1)
    default:
      return 0
  }
}
