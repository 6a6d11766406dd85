/** Kinds that may be deleted along with an object, and how their counts are written. */
import type { ApiResource } from '../../kubernetes/types'

/** Controllers derive these from other objects; no one would miss them. */
const DERIVED = new Set(['EndpointSlice', 'Endpoints', 'ControllerRevision', 'Lease', 'Event', 'CiliumEndpoint'])

export function isDerived(kind: string): boolean {
  return DERIVED.has(kind)
}

/** Kinds whose objects can be deleted. Events expire by themselves. */
export function deletableKinds(resources: readonly ApiResource[], namespaced: boolean): ApiResource[] {
  return resources.filter(
    (each) => each.namespaced === namespaced && each.verbs.includes('delete') && each.kind !== 'Event',
  )
}

/** Built-in kinds that never have an owner. */
const NEVER_OWNED = new Set([
  'PodTemplate',
  'CSIStorageCapacity',
  'PodCertificateRequest',
  'LimitRange',
  'ResourceQuota',
  'Lease',
])

/** Kinds that a pod may own: claims of its ephemeral volumes and devices. */
const OF_POD = new Set(['PersistentVolumeClaim', 'ResourceClaim', 'Pod'])

/** Kinds whose objects this kind may own. */
export function ownableKinds(resources: readonly ApiResource[], owner: string): ApiResource[] {
  return owner === 'Pod'
    ? resources.filter(({ kind }) => OF_POD.has(kind))
    : resources.filter(({ kind }) => !NEVER_OWNED.has(kind))
}

/** `pods`, `backups.velero.io`. */
export function nameOfKind({ group, plural }: ApiResource): string {
  return group.includes('.') && !group.endsWith('.k8s.io') ? `${plural}.${group}` : plural
}

/** Data first, then workloads, then the rest; the same in every language. */
const FIRST = ['PersistentVolumeClaim', 'Secret', 'StatefulSet', 'Deployment', 'DaemonSet', 'CronJob', 'Job', 'Pod']

export function byWeight(one: [string, number], other: [string, number]): number {
  const weight = ([kind]: [string, number]) => (FIRST.includes(kind) ? FIRST.indexOf(kind) : isDerived(kind) ? 99 : 50)
  return weight(one) - weight(other) || other[1] - one[1] || one[0].localeCompare(other[0])
}

/** `3 pods, 1 ReplicaSet`. */
export function countsText(counts: readonly [string, number][]): string {
  return counts.map(([kind, count]) => `${count} ${wordOf(kind, count)}`).join(', ')
}

function wordOf(kind: string, count: number): string {
  const word = kind === 'Pod' ? 'pod' : kind
  if (count === 1 || word === 'Endpoints') return word
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}
