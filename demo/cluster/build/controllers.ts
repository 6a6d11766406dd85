/** Deployments with their ReplicaSets, StatefulSets and DaemonSets, with the status that their pods give them. */
import type { Workload } from '../data/workload'
import { before, metadata, safeSuffix, timestamp, type Scene } from '../scene'
import type { Condition, DaemonSet, Deployment, ReplicaSet, StatefulSet } from '../types'
import { podTemplate, selectorLabels } from './pod-template'

const REVISION = 'deployment.kubernetes.io/revision'
/** Seconds until a rollout counts as stuck: `progressDeadlineSeconds`, its default. */
const PROGRESS_DEADLINE = 600

export function buildDeployment(scene: Scene, workload: Workload): Deployment {
  const { namespace, name } = workload
  const total = workload.nodes.length
  const healthy = workload.behaviour === 'healthy'
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(scene, {
      kind: 'Deployment',
      namespace,
      name,
      createdAt: before(scene, workload.age),
      generation: 1,
      labels: selectorLabels(workload),
      annotations: { [REVISION]: '1' },
    }),
    spec: {
      progressDeadlineSeconds: PROGRESS_DEADLINE,
      replicas: total,
      revisionHistoryLimit: 10,
      selector: { matchLabels: selectorLabels(workload) },
      strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' }, type: 'RollingUpdate' },
      template: podTemplate(workload),
    },
    status: {
      ...(healthy ? { availableReplicas: total, readyReplicas: total } : { unavailableReplicas: total }),
      conditions: deploymentConditions(scene, workload),
      observedGeneration: 1,
      replicas: total,
      updatedReplicas: total,
    },
  }
}

function deploymentConditions(scene: Scene, workload: Workload): Condition[] {
  const createdAt = before(scene, workload.age)
  const set = replicaSetName(workload)
  const condition = (type: string, holds: boolean, seconds: number, reason: string, message: string): Condition => ({
    lastTransitionTime: timestamp(createdAt + seconds * 1000),
    lastUpdateTime: timestamp(createdAt + seconds * 1000),
    message,
    reason,
    status: holds ? 'True' : 'False',
    type,
  })
  if (workload.behaviour === 'healthy') {
    return [
      condition('Available', true, 6, 'MinimumReplicasAvailable', 'Deployment has minimum availability.'),
      condition('Progressing', true, 6, 'NewReplicaSetAvailable', `ReplicaSet "${set}" has successfully progressed.`),
    ]
  }
  const stuck = `ReplicaSet "${set}" has timed out progressing.`
  return [
    condition('Available', false, 0, 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.'),
    condition('Progressing', false, PROGRESS_DEADLINE + 1, 'ProgressDeadlineExceeded', stuck),
  ]
}

function templateHash(workload: Workload): string {
  return safeSuffix(`template/${workload.namespace}/${workload.name}`, 10)
}

function replicaSetName(workload: Workload): string {
  return `${workload.name}-${templateHash(workload)}`
}

export function buildReplicaSet(scene: Scene, workload: Workload, owner: Deployment): ReplicaSet {
  const total = workload.nodes.length
  const labels = { ...selectorLabels(workload), 'pod-template-hash': templateHash(workload) }
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: metadata(scene, {
      kind: 'ReplicaSet',
      namespace: workload.namespace,
      name: replicaSetName(workload),
      createdAt: before(scene, workload.age),
      generation: 1,
      labels,
      annotations: {
        'deployment.kubernetes.io/desired-replicas': String(total),
        'deployment.kubernetes.io/max-replicas': String(total + Math.ceil(total / 4)),
        [REVISION]: '1',
      },
      owner,
    }),
    spec: {
      replicas: total,
      selector: { matchLabels: labels },
      template: podTemplate(workload, { 'pod-template-hash': templateHash(workload) }),
    },
    status: {
      ...(workload.behaviour === 'healthy' && { availableReplicas: total, readyReplicas: total }),
      fullyLabeledReplicas: total,
      observedGeneration: 1,
      replicas: total,
    },
  }
}

export function buildStatefulSet(scene: Scene, workload: Workload): StatefulSet {
  const { namespace, name, claim } = workload
  const total = workload.nodes.length
  const template = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: claim?.name ?? 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: claim?.size ?? '1Gi' } } },
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: metadata(scene, {
      kind: 'StatefulSet',
      namespace,
      name,
      createdAt: before(scene, workload.age),
      generation: 1,
      labels: selectorLabels(workload),
    }),
    spec: {
      podManagementPolicy: 'OrderedReady',
      replicas: total,
      selector: { matchLabels: selectorLabels(workload) },
      serviceName: name,
      template: podTemplate(workload),
      updateStrategy: { rollingUpdate: { partition: 0 }, type: 'RollingUpdate' },
      volumeClaimTemplates: claim ? [template] : [],
    },
    status: {
      availableReplicas: total,
      collisionCount: 0,
      currentReplicas: total,
      observedGeneration: 1,
      readyReplicas: total,
      replicas: total,
      updatedReplicas: total,
    },
  }
}

export function buildDaemonSet(scene: Scene, workload: Workload): DaemonSet {
  const { namespace, name } = workload
  const total = workload.nodes.length
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: metadata(scene, {
      kind: 'DaemonSet',
      namespace,
      name,
      createdAt: before(scene, workload.age),
      generation: 1,
      labels: selectorLabels(workload),
      annotations: { 'deprecated.daemonset.template.generation': '1' },
    }),
    spec: {
      revisionHistoryLimit: 10,
      selector: { matchLabels: selectorLabels(workload) },
      template: podTemplate(workload),
      updateStrategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }, type: 'RollingUpdate' },
    },
    status: {
      currentNumberScheduled: total,
      desiredNumberScheduled: total,
      numberAvailable: total,
      numberMisscheduled: 0,
      numberReady: total,
      observedGeneration: 1,
      updatedNumberScheduled: total,
    },
  }
}
