/** The description of each kind. */
import type { ApiResource } from '../../kubernetes/types'
import type { KindDescription } from './kind'
import { ingress, networkPolicy, service } from './network'
import { node } from './node'
import { anything, autoscaler, dataHolder, quota } from './others'
import { pod } from './pod'
import { claim, volume } from './storage'
import { cronJob, daemonSet, deployment, job, replicaSet, statefulSet } from './workloads'

/** By group and kind: other groups may reuse a kind's name. */
const KINDS: Record<string, KindDescription> = {
  '/Pod': pod,
  '/Node': node,
  '/Service': service,
  '/PersistentVolumeClaim': claim,
  '/PersistentVolume': volume,
  '/ConfigMap': dataHolder,
  '/Secret': dataHolder,
  '/ResourceQuota': quota,
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'apps/ReplicaSet': replicaSet,
  'batch/Job': job,
  'batch/CronJob': cronJob,
  'autoscaling/HorizontalPodAutoscaler': autoscaler,
  'networking.k8s.io/Ingress': ingress,
  'networking.k8s.io/NetworkPolicy': networkPolicy,
}

export function kindDescription({ group, kind }: ApiResource): KindDescription {
  return KINDS[`${group}/${kind}`] ?? anything
}
