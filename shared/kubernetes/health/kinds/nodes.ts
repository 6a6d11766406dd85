/** Nodes and Namespaces. */
import type { KubeObject } from '../../object'
import { condition, conditionsOf, explainCondition, isNegative } from '../conditions'
import { deletionHealth, finalizersOf } from '../deletion'
import type { Health, HealthContext } from '../health'
import {
  ageOf,
  bad,
  byDeadline,
  forHowLong,
  NEW_OBJECT,
  ok,
  READY_DEADLINE,
  secondsSince,
  shorten,
  waiting,
} from '../health'
import { at, textAt, timeAt } from '../../fields'

export function nodeHealth(object: KubeObject, { now }: HealthContext): Health {
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  const notes = at(object, 'spec', 'unschedulable') === true ? ['cordoned'] : []
  const conditions = conditionsOf(object)
  const ready = condition(conditions, 'Ready')
  if (ready?.status !== 'True') {
    const reason = ready ? explainCondition(ready) : 'its kubelet has not reported yet'
    return byDeadline(ageOf(object, now), NEW_OBJECT, reason, ...notes)
  }
  const problem = conditions.find((one) => one.status === 'True' && isNegative(one.type))
  return problem ? bad(`${problem.type}: ${explainCondition(problem)}`, ...notes) : ok(...notes)
}

/** Conditions that explain why a namespace still exists, most informative first. */
const REMAINING = [
  'NamespaceFinalizersRemaining',
  'NamespaceContentRemaining',
  'NamespaceDeletionContentFailure',
  'NamespaceDeletionDiscoveryFailure',
  'NamespaceDeletionGroupVersionParsingFailure',
]

export function namespaceHealth(object: KubeObject, { now }: HealthContext): Health {
  const since = secondsSince(timeAt(object, 'metadata', 'deletionTimestamp'), now)
  if (since === undefined && textAt(object, 'status', 'phase') !== 'Terminating') return ok()
  const conditions = conditionsOf(object)
  const messages = REMAINING.flatMap((type) => {
    const found = condition(conditions, type)
    return found?.status === 'True' ? [shorten(found.message ?? found.type)] : []
  })
  if (since !== undefined && since < READY_DEADLINE) return waiting('Terminating')
  const why = messages.length > 0 ? `: ${messages.join('; ')}` : finalizersOf(object)
  return bad(`Terminating${forHowLong(since)}${why}`)
}
