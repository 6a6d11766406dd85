/** Deployments, StatefulSets and DaemonSets from the tables; their status follows from their pods. */
import { helmMarks } from '../data/helm'
import type { Workload } from '../data/workload'
import { before, metadata, type Scene } from '../scene'
import type { DaemonSet, Deployment, Desired, StatefulSet } from '../types'
import { podTemplate, selectorLabels } from './pod-template'

export const REVISION = 'deployment.kubernetes.io/revision'
/** Seconds until a rollout counts as stuck: the default `progressDeadlineSeconds`. */
export const PROGRESS_DEADLINE = 600

function controllerMetadata(scene: Scene, workload: Workload, annotations?: Record<string, string>) {
  const marks = helmMarks(workload.kind, workload.namespace, workload.name)
  return metadata(scene, {
    kind: workload.kind,
    namespace: workload.namespace,
    name: workload.name,
    createdAt: before(scene, workload.age),
    generation: 1,
    labels: { ...selectorLabels(workload), ...marks.labels },
    annotations: marks.annotations ? { ...annotations, ...marks.annotations } : annotations,
  })
}

export function buildDeployment(scene: Scene, workload: Workload): Desired<Deployment> {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: controllerMetadata(scene, workload, { [REVISION]: '1' }),
    spec: {
      progressDeadlineSeconds: PROGRESS_DEADLINE,
      replicas: workload.nodes.length,
      revisionHistoryLimit: 10,
      selector: { matchLabels: selectorLabels(workload) },
      strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
      template: podTemplate(workload),
    },
  }
}

export function buildStatefulSet(scene: Scene, workload: Workload): Desired<StatefulSet> {
  const { name, claim } = workload
  const template = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: claim?.name ?? 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: claim?.size ?? '1Gi' } } },
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: controllerMetadata(scene, workload),
    spec: {
      podManagementPolicy: 'OrderedReady',
      replicas: workload.nodes.length,
      selector: { matchLabels: selectorLabels(workload) },
      serviceName: name,
      template: podTemplate(workload),
      updateStrategy: { rollingUpdate: { partition: 0 }, type: 'RollingUpdate' },
      volumeClaimTemplates: claim ? [template] : [],
    },
  }
}

export function buildDaemonSet(scene: Scene, workload: Workload): Desired<DaemonSet> {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: controllerMetadata(scene, workload, { 'deprecated.daemonset.template.generation': '1' }),
    spec: {
      revisionHistoryLimit: 10,
      selector: { matchLabels: selectorLabels(workload) },
      template: podTemplate(workload),
      updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' },
    },
  }
}
