/** Jobs and CronJobs. */
import type { KubeObject } from '../../object'
import { condition, conditionsOf, explainCondition } from '../conditions'
import { deletionHealth } from '../deletion'
import type { Health, HealthContext } from '../health'
import { ageOf, byDeadline, ok, secondsSince, START_DEADLINE, waiting, bad } from '../health'
import { at, numberAt, timeAt } from '../../fields'
import { allOf, state } from '../state'

export function jobHealth(object: KubeObject, { now }: HealthContext): Health {
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  const conditions = conditionsOf(object)
  const isTrue = (type: string): boolean => condition(conditions, type)?.status === 'True'
  if (isTrue('Complete') || isTrue('SuccessCriteriaMet')) return ok()
  const failed = condition(conditions, isTrue('Failed') ? 'Failed' : 'FailureTarget')
  if (failed?.status === 'True') return bad(explainCondition(failed))
  if (at(object, 'spec', 'suspend') === true) return ok(state('state-suspended'))

  const count = (field: string): number => numberAt(object, 'status', field) ?? 0
  const completions = numberAt(object, 'spec', 'completions') ?? 1
  const done = state('state-done', { done: count('succeeded'), wanted: completions })
  const tries = count('failed') > 0 ? [state('state-failed', { count: count('failed') })] : []
  if (count('active') > 0) return waiting(allOf(done, state('state-active', { count: count('active') }), ...tries))
  // Between retries the controller waits up to six minutes without a pod.
  if (count('failed') > 0) return waiting(allOf(done, ...tries, state('state-next-try')))
  const age = secondsSince(timeAt(object, 'status', 'startTime'), now) ?? ageOf(object, now)
  return byDeadline(age, START_DEADLINE, allOf(done, state('state-no-pod-yet')))
}

/** A CronJob is always healthy; its Jobs report failures themselves. */
export function cronJobHealth(object: KubeObject, { now }: HealthContext): Health {
  return deletionHealth(object, now) ?? (at(object, 'spec', 'suspend') === true ? ok(state('state-suspended')) : ok())
}
