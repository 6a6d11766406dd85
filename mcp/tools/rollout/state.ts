/** Rollout progress from the object alone, without waiting. Follows `kubectl rollout status`. */
import { at, listAt, numberAt, textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'

export interface RolloutState {
  state: 'complete' | 'in progress' | 'failed' | 'paused' | 'manual'
  text: string
}

/** @returns undefined for kinds without rollouts */
export function rolloutState(object: KubeObject): RolloutState | undefined {
  const kind = object.kind ?? ''
  if (!(kind in BY_KIND)) return undefined
  const observed = numberAt(object, 'status', 'observedGeneration') ?? 0
  if ((object.metadata.generation ?? 0) > observed)
    return { state: 'in progress', text: 'The controller has not seen the last change yet' }
  return BY_KIND[kind]?.(object)
}

const BY_KIND: Record<string, (object: KubeObject) => RolloutState> = {
  Deployment: deploymentState,
  StatefulSet: statefulSetState,
  DaemonSet: daemonSetState,
}

function count(object: KubeObject, field: string): number {
  return numberAt(object, 'status', field) ?? 0
}

function inProgress(text: string): RolloutState {
  return { state: 'in progress', text }
}

function deploymentState(object: KubeObject): RolloutState {
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1
  const [total, updated, available] = [
    count(object, 'replicas'),
    count(object, 'updatedReplicas'),
    count(object, 'availableReplicas'),
  ]
  const counts = `${updated} of ${wanted} replicas are updated, ${available} are available`
  const progressing = listAt(object, 'status', 'conditions').find((each) => textAt(each, 'type') === 'Progressing')
  if (textAt(progressing, 'reason') === 'ProgressDeadlineExceeded') {
    const deadline = textAt(object, 'spec', 'progressDeadlineSeconds') || '600'
    return { state: 'failed', text: `The rollout made no progress for ${deadline} s, its deadline: ${counts}` }
  }
  if (at(object, 'spec', 'paused') === true) return { state: 'paused', text: `The rollout is paused: ${counts}` }
  if (updated < wanted) return inProgress(counts)
  if (total > updated) return inProgress(`${counts}; ${total - updated} old replicas are still to be deleted`)
  if (available < updated) return inProgress(counts)
  return { state: 'complete', text: `Rolled out: ${counts}` }
}

function statefulSetState(object: KubeObject): RolloutState {
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1
  const [updated, ready] = [count(object, 'updatedReplicas'), count(object, 'readyReplicas')]
  const counts = `${updated} of ${wanted} replicas are updated, ${ready} are ready`
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return onDelete(counts)
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0
  if (ready < wanted) return inProgress(counts)
  if (partition > 0) {
    const due = Math.max(0, wanted - partition)
    if (updated < due) return inProgress(`${counts}; ${due} are to be updated (partition ${partition})`)
    return { state: 'complete', text: `Rolled out to the partition ${partition}: ${counts}` }
  }
  const [current, update] = [textAt(object, 'status', 'currentRevision'), textAt(object, 'status', 'updateRevision')]
  if (current !== update) return inProgress(counts)
  return { state: 'complete', text: `Rolled out: ${ready} of ${wanted} replicas are ready` }
}

function daemonSetState(object: KubeObject): RolloutState {
  const wanted = count(object, 'desiredNumberScheduled')
  const [updated, available] = [count(object, 'updatedNumberScheduled'), count(object, 'numberAvailable')]
  const counts = `${updated} of ${wanted} pods are updated, ${available} are available`
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return onDelete(counts)
  if (updated < wanted || available < wanted) return inProgress(counts)
  return { state: 'complete', text: `Rolled out: ${counts}` }
}

function onDelete(counts: string): RolloutState {
  return { state: 'manual', text: `Pods are updated when they are deleted (OnDelete): ${counts}` }
}
