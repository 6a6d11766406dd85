/** HorizontalPodAutoscalers and PodDisruptionBudgets. */
import type { KubeObject } from '../../object'
import { condition, conditionsOf, explainCondition } from '../conditions'
import { deletionHealth } from '../deletion'
import type { Health, HealthContext } from '../health'
import { bad, byDeadline, NEW_OBJECT, ok, READY_DEADLINE, secondsSince, ageOf } from '../health'
import { numberAt } from '../../fields'
import { state } from '../state'

export function autoscalerHealth(object: KubeObject, { now }: HealthContext): Health {
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  const conditions = conditionsOf(object)
  const able = condition(conditions, 'AbleToScale')
  if (able?.status === 'False') return bad(explainCondition(able))
  const active = condition(conditions, 'ScalingActive')
  if (active?.status === 'False') {
    if (active.reason === 'ScalingDisabled') return ok(state('state-target-zero'))
    // Pods have no metrics in their first minutes.
    const since = secondsSince(active.since, now) ?? ageOf(object, now)
    return byDeadline(since, NEW_OBJECT, explainCondition(active))
  }
  const limited = condition(conditions, 'ScalingLimited')
  const isAtMaximum = limited?.status === 'True' && limited.reason === 'TooManyReplicas'
  return isAtMaximum ? ok(state('state-at-maximum')) : ok()
}

export function disruptionBudgetHealth(object: KubeObject, { now }: HealthContext): Health {
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  const allowed = condition(conditionsOf(object), 'DisruptionAllowed')
  if (allowed?.status === 'False' && allowed.reason === 'SyncFailed') return bad(explainCondition(allowed))
  const healthy = numberAt(object, 'status', 'currentHealthy')
  const desired = numberAt(object, 'status', 'desiredHealthy')
  if (numberAt(object, 'status', 'expectedPods') === 0) return ok(state('state-selects-no-pod'))
  if (healthy !== undefined && desired !== undefined && healthy < desired) {
    const since = allowed?.status === 'False' ? secondsSince(allowed.since, now) : undefined
    return byDeadline(since, READY_DEADLINE, state('state-budget-healthy', { healthy, wanted: desired }))
  }
  return numberAt(object, 'status', 'disruptionsAllowed') === 0 ? ok(state('state-no-disruption')) : ok()
}
