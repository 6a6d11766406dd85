/** Nodes and Namespaces. */
import type { KubeObject } from '../../object'
import { condition, conditionsOf, explainCondition, isNegative } from '../conditions'
import { deletionHealth, withFinalizers } from '../deletion'
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
  withDetail,
} from '../health'
import { at, textAt, timeAt } from '../../fields'
import { state } from '../state'

export function nodeHealth(object: KubeObject, { now }: HealthContext): Health {
  const deletion = deletionHealth(object, now)
  if (deletion) return deletion
  const notes = at(object, 'spec', 'unschedulable') === true ? [state('state-cordoned')] : []
  const conditions = conditionsOf(object)
  const ready = condition(conditions, 'Ready')
  if (ready?.status !== 'True') {
    const reason = ready ? explainCondition(ready) : state('state-kubelet-silent')
    return byDeadline(ageOf(object, now), NEW_OBJECT, reason, ...notes)
  }
  const problem = conditions.find((one) => one.status === 'True' && isNegative(one.type))
  return problem ? bad(withDetail(problem.type, explainCondition(problem)), ...notes) : ok(...notes)
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
  const terminating = forHowLong('Terminating', since)
  return bad(messages.length > 0 ? withDetail(terminating, messages.join('; ')) : withFinalizers(terminating, object))
}
