/** The status that controllers write, computed from existing pods. */
import { timestamp, type Scene } from '../scene'
import { latest, present, START_DELAY_MS, type PodSet, type Revision } from '../state/pod-set'
import type { Condition, DaemonSet, Deployment, Desired, ReplicaSet, StatefulSet } from '../types'
import { PROGRESS_DEADLINE } from './controllers'
import { stageOf } from './pod-status'

interface Count {
  total: number
  ready: number
}

function count(revision: Revision, now: number): Count {
  const pods = present(revision.slots, now)
  return {
    total: pods.length,
    ready: pods.filter(({ createdAt }) => stageOf(revision, createdAt, now) === 'running').length,
  }
}

function countAll(podSet: PodSet, now: number): Count & { updated: number } {
  const counts = podSet.revisions.map((revision) => count(revision, now))
  return {
    total: counts.reduce((sum, { total }) => sum + total, 0),
    ready: counts.reduce((sum, { ready }) => sum + ready, 0),
    updated: counts.at(-1)?.total ?? 0,
  }
}

export function deploymentStatus(scene: Scene, deployment: Desired<Deployment>, podSet: PodSet): Deployment['status'] {
  const { total, ready, updated } = countAll(podSet, scene.now)
  const missing = Math.max(0, deployment.spec.replicas - ready)
  return {
    ...(ready > 0 && { availableReplicas: ready, readyReplicas: ready }),
    ...(missing > 0 && { unavailableReplicas: missing }),
    conditions: deploymentConditions(scene, deployment, podSet, ready),
    observedGeneration: deployment.metadata.generation ?? 1,
    replicas: total,
    updatedReplicas: updated,
  }
}

function deploymentConditions(
  scene: Scene,
  { spec, metadata }: Desired<Deployment>,
  podSet: PodSet,
  ready: number,
): Condition[] {
  const revision = latest(podSet)
  const created = revision?.createdAt ?? Date.parse(metadata.creationTimestamp)
  const youngest = Math.max(created, ...present(revision?.slots ?? [], scene.now).map(({ createdAt }) => createdAt))
  const condition = (type: string, holds: boolean, at: number, reason: string, message: string): Condition => ({
    lastTransitionTime: timestamp(at),
    lastUpdateTime: timestamp(at),
    message,
    reason,
    status: holds ? 'True' : 'False',
    type,
  })
  // The default `maxUnavailable`, rounded down.
  const available = ready >= spec.replicas - Math.floor(spec.replicas / 4)
  const complete = ready >= spec.replicas
  const changedAt = youngest + (ready > 0 ? START_DELAY_MS : 0)
  const set = revision?.owner ?? ''
  const stuckAt = created + (PROGRESS_DEADLINE + 1) * 1000
  return [
    available
      ? condition('Available', true, changedAt, 'MinimumReplicasAvailable', 'Deployment has minimum availability.')
      : condition(
          'Available',
          false,
          created,
          'MinimumReplicasUnavailable',
          'Deployment does not have minimum availability.',
        ),
    complete
      ? condition(
          'Progressing',
          true,
          changedAt,
          'NewReplicaSetAvailable',
          `ReplicaSet "${set}" has successfully progressed.`,
        )
      : scene.now >= stuckAt && ready === 0
        ? condition(
            'Progressing',
            false,
            stuckAt,
            'ProgressDeadlineExceeded',
            `ReplicaSet "${set}" has timed out progressing.`,
          )
        : condition('Progressing', true, youngest, 'ReplicaSetUpdated', `ReplicaSet "${set}" is progressing.`),
  ]
}

export function replicaSetStatus(scene: Scene, revision: Revision, generation: number): ReplicaSet['status'] {
  const { total, ready } = count(revision, scene.now)
  return {
    ...(ready > 0 && { availableReplicas: ready, readyReplicas: ready }),
    fullyLabeledReplicas: total,
    observedGeneration: generation,
    replicas: total,
  }
}

export function statefulSetStatus(scene: Scene, generation: number, podSet: PodSet): StatefulSet['status'] {
  const { total, ready, updated } = countAll(podSet, scene.now)
  return {
    availableReplicas: ready,
    collisionCount: 0,
    currentReplicas: total,
    observedGeneration: generation,
    readyReplicas: ready,
    replicas: total,
    updatedReplicas: updated,
  }
}

export function daemonSetStatus(scene: Scene, generation: number, podSet: PodSet): DaemonSet['status'] {
  const { total, ready, updated } = countAll(podSet, scene.now)
  return {
    currentNumberScheduled: total,
    desiredNumberScheduled: total,
    numberAvailable: ready,
    numberMisscheduled: 0,
    numberReady: ready,
    observedGeneration: generation,
    updatedNumberScheduled: updated,
  }
}
