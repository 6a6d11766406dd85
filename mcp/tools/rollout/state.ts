/** Rollout progress from the object alone, without waiting. Follows `kubectl rollout status`. */
import { msg } from '../../../shared/messages/create'
import type { Message } from '../../../shared/messages/message'
import { at, listAt, numberAt, textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'

export interface RolloutState {
  state: 'complete' | 'in progress' | 'failed' | 'paused' | 'manual'
  detail: Message
}

/** @returns undefined for kinds without rollouts */
export function rolloutState(object: KubeObject): RolloutState | undefined {
  const kind = object.kind ?? ''
  if (!(kind in BY_KIND)) return undefined
  const observed = numberAt(object, 'status', 'observedGeneration') ?? 0
  if ((object.metadata.generation ?? 0) > observed) return { state: 'in progress', detail: msg('rollout-unseen') }
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

function inProgress(detail: Message): RolloutState {
  return { state: 'in progress', detail }
}

function deploymentState(object: KubeObject): RolloutState {
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1
  const [total, updated, available] = [
    count(object, 'replicas'),
    count(object, 'updatedReplicas'),
    count(object, 'availableReplicas'),
  ]
  const counts = msg('replicas-updated-available', { updated, wanted, available })
  const progressing = listAt(object, 'status', 'conditions').find((each) => textAt(each, 'type') === 'Progressing')
  if (textAt(progressing, 'reason') === 'ProgressDeadlineExceeded') {
    const deadline = textAt(object, 'spec', 'progressDeadlineSeconds') || '600'
    return { state: 'failed', detail: msg('rollout-no-progress', { deadline, counts }) }
  }
  if (at(object, 'spec', 'paused') === true) return { state: 'paused', detail: msg('rollout-is-paused', { counts }) }
  if (updated < wanted) return inProgress(counts)
  if (total > updated) return inProgress(msg('rollout-old-left', { counts, old: total - updated }))
  if (available < updated) return inProgress(counts)
  return { state: 'complete', detail: msg('rollout-done', { counts }) }
}

function statefulSetState(object: KubeObject): RolloutState {
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1
  const [updated, ready] = [count(object, 'updatedReplicas'), count(object, 'readyReplicas')]
  const counts = msg('replicas-updated-ready', { updated, wanted, ready })
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return onDelete(counts)
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0
  if (ready < wanted) return inProgress(counts)
  if (partition > 0) {
    const due = Math.max(0, wanted - partition)
    if (updated < due) return inProgress(msg('rollout-to-partition', { counts, due, partition }))
    return { state: 'complete', detail: msg('rollout-done-partition', { partition, counts }) }
  }
  const [current, update] = [textAt(object, 'status', 'currentRevision'), textAt(object, 'status', 'updateRevision')]
  if (current !== update) return inProgress(counts)
  return { state: 'complete', detail: msg('rollout-done', { counts: msg('replicas-ready', { ready, wanted }) }) }
}

function daemonSetState(object: KubeObject): RolloutState {
  const wanted = count(object, 'desiredNumberScheduled')
  const [updated, available] = [count(object, 'updatedNumberScheduled'), count(object, 'numberAvailable')]
  const counts = msg('pods-updated-available', { updated, wanted, available })
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return onDelete(counts)
  if (updated < wanted || available < wanted) return inProgress(counts)
  return { state: 'complete', detail: msg('rollout-done', { counts }) }
}

function onDelete(counts: Message): RolloutState {
  return { state: 'manual', detail: msg('rollout-by-deletion', { counts }) }
}
