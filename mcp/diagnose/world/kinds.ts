/** Which kinds a diagnosis reads. */
import type { ApiResource, Cluster } from '../../kubernetes/types'
import type { KindId } from '../types'

/** Of these only metadata is read: their content may be secret or large. */
export const METADATA_ONLY: ReadonlySet<KindId> = new Set(['ConfigMap', 'Secret'])

const NAMESPACED: readonly KindId[] = [
  ...['Pod', 'Service', 'PersistentVolumeClaim', 'ConfigMap', 'Secret', 'ServiceAccount'],
  ...['apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', 'apps/DaemonSet', 'batch/Job', 'batch/CronJob'],
  ...['discovery.k8s.io/EndpointSlice', 'networking.k8s.io/Ingress', 'networking.k8s.io/NetworkPolicy'],
  ...['autoscaling/HorizontalPodAutoscaler', 'policy/PodDisruptionBudget'],
]

const CLUSTER_SCOPED: readonly KindId[] = [
  ...['Node', 'Namespace', 'PersistentVolume', 'storage.k8s.io/StorageClass', 'networking.k8s.io/IngressClass'],
  ...['apiregistration.k8s.io/APIService', 'storage.k8s.io/VolumeAttachment'],
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
]

/** Kinds that every diagnosis reads. */
export const BASE_KINDS: readonly KindId[] = [...NAMESPACED, ...CLUSTER_SCOPED]

/** Groups of custom kinds that are read first. */
const KNOWN_GROUPS = [
  'gateway.networking.k8s.io',
  'cert-manager.io',
  'acme.cert-manager.io',
  'argoproj.io',
  'kustomize.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
  'source.toolkit.fluxcd.io',
  'fleet.cattle.io',
  'provisioning.cattle.io',
  'management.cattle.io',
  'longhorn.io',
  'external-secrets.io',
  'bitnami.com',
]

/** Kinds of these groups that have much data and no state of their own. */
const NO_STATE = new Set([
  'fleet.cattle.io/Content',
  'management.cattle.io/Setting',
  'management.cattle.io/Token',
  'management.cattle.io/User',
  'management.cattle.io/RoleTemplate',
  'metrics.k8s.io/NodeMetrics',
  'metrics.k8s.io/PodMetrics',
])

/** Custom kinds read in one diagnosis; a Rancher server has hundreds. */
const MOST_CUSTOM = 40

interface KindChoice {
  resources: ApiResource[]
  /** Number of custom kinds that are not read. */
  left: number
}

/** @returns each kind once, in its group's preferred version */
export async function kindsToRead(
  cluster: Cluster,
  namespace: string | undefined,
  signal: AbortSignal,
  also: readonly KindId[] = [],
): Promise<KindChoice> {
  const known = new Map<KindId, ApiResource>()
  for (const each of await cluster.discovery.all(signal)) {
    const id = idOf(each)
    if (!known.has(id)) known.set(id, each)
  }
  const base = [...BASE_KINDS, ...also].flatMap((id) => known.get(id) ?? [])
  const custom = [...known.values()].filter(
    (each) => isCustom(each) && !NO_STATE.has(idOf(each)) && (namespace === undefined || each.namespaced),
  )
  const ranked = custom.map((each) => ({ each, rank: rankOf(each) })).sort((one, other) => one.rank - other.rank)
  const read = ranked.slice(0, MOST_CUSTOM).map(({ each }) => each)
  return { resources: [...base, ...read], left: custom.length - read.length }
}

export function idOf({ group, kind }: Pick<ApiResource, 'group' | 'kind'>): KindId {
  return group === '' ? kind : `${group}/${kind}`
}

/** Groups of Kubernetes itself have no dot, or end with `k8s.io`. */
function isCustom({ group }: ApiResource): boolean {
  return group.includes('.') && (group === 'gateway.networking.k8s.io' || !/(?:^|\.)k8s\.io$/.test(group))
}

function rankOf({ group }: ApiResource): number {
  const at = KNOWN_GROUPS.indexOf(group)
  return at === -1 ? KNOWN_GROUPS.length : at
}
