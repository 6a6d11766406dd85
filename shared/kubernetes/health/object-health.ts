/** Maps kinds to the function and data that determine their health. */
import type { KubeObject } from '../object'
import { customHealth } from './kinds/custom'
import type { Health, HealthContext, HealthOf } from './health'
import { cronJobHealth, jobHealth } from './kinds/jobs'
import { serviceHealth } from './kinds/network'
import { namespaceHealth, nodeHealth } from './kinds/nodes'
import { podHealth } from './kinds/pod'
import { autoscalerHealth, disruptionBudgetHealth } from './kinds/scaling'
import { attachmentHealth, claimHealth, volumeHealth } from './kinds/storage'
import { daemonSetHealth, deploymentHealth, replicaSetHealth, statefulSetHealth } from './kinds/workloads'
import { groupOf } from '../api'
import { unknown } from './health'
import { state } from './state'

export interface Kind {
  /** Empty for the core group. */
  group: string
  kind: string
}

const KINDS = new Map<string, HealthOf>([
  ['/Pod', podHealth],
  ['/Service', serviceHealth],
  ['/Node', nodeHealth],
  ['/Namespace', namespaceHealth],
  ['/PersistentVolumeClaim', claimHealth],
  ['/PersistentVolume', volumeHealth],
  ['/ReplicationController', replicaSetHealth],
  ['apps/Deployment', deploymentHealth],
  ['apps/StatefulSet', statefulSetHealth],
  ['apps/DaemonSet', daemonSetHealth],
  ['apps/ReplicaSet', replicaSetHealth],
  ['batch/Job', jobHealth],
  ['batch/CronJob', cronJobHealth],
  ['autoscaling/HorizontalPodAutoscaler', autoscalerHealth],
  ['policy/PodDisruptionBudget', disruptionBudgetHealth],
  ['storage.k8s.io/VolumeAttachment', attachmentHealth],
  // Kinds whose conditions follow the conventions.
  ['apiextensions.k8s.io/CustomResourceDefinition', customHealth],
  ['apiregistration.k8s.io/APIService', customHealth],
])

/** Built-in groups: their other kinds, such as ConfigMap or Role, have no health. */
const BUILT_IN = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'extensions',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'metrics.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
])

/** False for kinds without a state of their own, such as ConfigMap, Role or Event. */
export function hasHealth({ group, kind }: Kind): boolean {
  return KINDS.has(`${group}/${kind}`) || !BUILT_IN.has(group)
}

/** True if the verdict needs the whole object; otherwise table cells and metadata suffice. */
export function needsObject(resource: Kind): boolean {
  return hasHealth(resource) && !(resource.group === '' && resource.kind === 'Pod')
}

/** True for known kinds: their columns add nothing to the object's own fields. */
export function isKnownKind({ group, kind }: Kind): boolean {
  return KINDS.get(`${group}/${kind}`) !== undefined
}

/** Group and kind of an object; empty if it lacks them. */
function kindOf(object: KubeObject): Kind {
  return { group: groupOf(object.apiVersion ?? ''), kind: object.kind ?? '' }
}

/**
 * Health from the object's own fields; `unknown` for a kind without health. Never throws.
 * @param kind for list items, which lack their kind
 */
export function objectHealth(object: KubeObject, context: HealthContext, kind: Kind = kindOf(object)): Health {
  const known = KINDS.get(`${kind.group}/${kind.kind}`)
  if (known) return known(object, context)
  if (!hasHealth(kind)) return unknown(state('state-none'))
  return customHealth(object, context)
}
