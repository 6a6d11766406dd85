/** Deployments, StatefulSets, DaemonSets, ReplicaSets: wanted and available replicas. */
import type { KubeObject } from '../../object'
import { condition, conditionsOf, explainCondition, isOldGeneration } from '../conditions'
import { deletionHealth } from '../deletion'
import type { Health, HealthContext } from '../health'
import { bad, byDeadline, ok, READY_DEADLINE, secondsSince, sinceChange, waiting } from '../health'
import { at, numberAt, textAt } from '../../fields'
import { state } from '../state'

const BEHIND = state('state-behind')

export function deploymentHealth(object: KubeObject, context: HealthContext): Health {
  const { now } = context
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  const notes = at(object, 'spec', 'paused') === true ? [state('state-paused')] : []
  const desired = numberAt(object, 'spec', 'replicas') ?? 1
  if (desired === 0) return ok(...notes, state('state-scaled-to-zero'))
  const conditions = conditionsOf(object)
  const progressing = condition(conditions, 'Progressing')
  if (progressing?.status === 'False') return bad(explainCondition(progressing), ...notes)
  const failure = condition(conditions, 'ReplicaFailure')
  if (failure?.status === 'True') return bad(explainCondition(failure), ...notes)
  if (isOldGeneration(object)) return waiting(BEHIND, ...notes)

  const available = numberAt(object, 'status', 'availableReplicas') ?? 0
  const updated = numberAt(object, 'status', 'updatedReplicas') ?? 0
  const isPaused = notes.length > 0
  if (available < desired) {
    const reason = state('state-replicas-available', { count: available, wanted: desired })
    // A rollout has its own deadline: the controller ends it with Progressing False.
    const isRollingOut = progressing?.status === 'True' && progressing.reason !== 'NewReplicaSetAvailable'
    if (isRollingOut && !isPaused) return waiting(reason)
    const unavailable = condition(conditions, 'Available')
    const since = unavailable?.status === 'False' ? secondsSince(unavailable.since, now) : undefined
    return byDeadline(since ?? sinceChange(object, context), READY_DEADLINE, reason, ...notes)
  }
  if (updated < desired && !isPaused)
    return waiting(state('state-replicas-updated', { count: updated, wanted: desired }))
  return ok(...notes)
}

export function statefulSetHealth(object: KubeObject, context: HealthContext): Health {
  const { now } = context
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  const desired = numberAt(object, 'spec', 'replicas') ?? 1
  if (desired === 0) return ok(state('state-scaled-to-zero'))
  if (isOldGeneration(object)) return waiting(BEHIND)
  const ready = numberAt(object, 'status', 'readyReplicas') ?? 0
  if (ready < desired)
    return byDeadline(
      sinceChange(object, context),
      READY_DEADLINE,
      state('state-replicas-ready', { count: ready, wanted: desired }),
    )
  const [current, update] = [textAt(object, 'status', 'currentRevision'), textAt(object, 'status', 'updateRevision')]
  if (current === undefined || update === undefined || current === update) return ok()
  const updated = numberAt(object, 'status', 'updatedReplicas') ?? 0
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return ok(state('state-updates-on-delete'))
  const partition = numberAt(object, 'spec', 'updateStrategy', 'rollingUpdate', 'partition') ?? 0
  const wanted = Math.max(0, desired - partition)
  if (updated < wanted) return waiting(state('state-replicas-updated', { count: updated, wanted }))
  return partition > 0 ? ok(state('state-partition', { partition })) : ok()
}

export function daemonSetHealth(object: KubeObject, context: HealthContext): Health {
  const { now } = context
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  if (isOldGeneration(object)) return waiting(BEHIND)
  const desired = numberAt(object, 'status', 'desiredNumberScheduled') ?? 0
  if (desired === 0) return ok(state('state-no-node'))
  const ready = numberAt(object, 'status', 'numberReady') ?? 0
  if (ready < desired)
    return byDeadline(
      sinceChange(object, context),
      READY_DEADLINE,
      state('state-pods-ready', { count: ready, wanted: desired }),
    )
  const updated = numberAt(object, 'status', 'updatedNumberScheduled')
  if (updated === undefined || updated >= desired) return ok()
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete') return ok(state('state-updates-on-delete'))
  return waiting(state('state-pods-updated', { count: updated, wanted: desired }))
}

/** ReplicaSets and ReplicationControllers. */
export function replicaSetHealth(object: KubeObject, context: HealthContext): Health {
  const { now } = context
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  const desired = numberAt(object, 'spec', 'replicas') ?? 1
  if (desired === 0) return ok()
  const failure = condition(conditionsOf(object), 'ReplicaFailure')
  if (failure?.status === 'True') return bad(explainCondition(failure))
  if (isOldGeneration(object)) return waiting(BEHIND)
  const ready = numberAt(object, 'status', 'readyReplicas') ?? 0
  if (ready >= desired) return ok()
  return byDeadline(
    sinceChange(object, context),
    READY_DEADLINE,
    state('state-replicas-ready', { count: ready, wanted: desired }),
  )
}
