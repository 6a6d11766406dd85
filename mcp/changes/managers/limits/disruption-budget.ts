/** PodDisruptionBudget: limits only evictions, not deletions, scaling or rollouts. */
import { msg } from '../../../../shared/messages/create'
import { at, numberAt, recordAt } from '../../../kubernetes/read/fields'
import type { KubeObject } from '../../../kubernetes/types'
import type { ResultNote } from '../../../../shared/result'
import { changes } from '../effect'
import { nameOf } from '../marks'
import { matchesSelector } from '../../../../shared/kubernetes/selectors'
import type { Change, Finding, Manager } from '../types'
import { notChecked } from '../unread'

/** Labels of the removed pods; undefined if none are removed. */
function podLabels({ object, effect, operation }: Change): Record<string, unknown> | undefined {
  if (operation.namespace === undefined || effect.verb === 'create') return undefined
  if (object.kind === 'Pod') return effect.verb === 'update' ? undefined : recordAt(object, 'metadata', 'labels')
  if (at(object, 'spec', 'template') === undefined || object.kind === 'CronJob') return undefined
  const fewer = effect.replicas !== undefined && effect.replicas.to < effect.replicas.from
  const restarts = object.kind !== 'Job' && object.kind !== 'ReplicaSet' && changes(effect, 'spec', 'template')
  if (effect.verb === 'update' && !fewer && !restarts) return undefined
  return recordAt(object, 'spec', 'template', 'metadata', 'labels')
}

export const disruptionBudget: Manager = {
  id: 'disruption-budget',
  applies: (change) => podLabels(change) !== undefined,
  async check(change, reads): Promise<Finding | undefined> {
    const labels = podLabels(change)
    if (!labels) return undefined
    const read = await reads.list('policy/PodDisruptionBudget', change.operation.namespace)
    if ('unread' in read) return { notes: [notChecked('PodDisruptionBudgets', read.unread)] }
    const found = read.value.filter((each) => matchesSelector(at(each, 'spec', 'selector'), labels))
    if (found.length === 0) return undefined
    return { notes: found.map((each) => sentence(change, each)) }
  },
}

function sentence({ effect, object }: Change, budget: KubeObject): ResultNote {
  const allowed = numberAt(budget, 'status', 'disruptionsAllowed') ?? 0
  const covers = object.kind === 'Pod' ? msg('budget-covers-pod') : msg('budget-covers-pods')
  const params = { name: nameOf(budget), covers, allowed }
  switch (effect.verb) {
    case 'evict':
      return allowed === 0
        ? msg('disruption-budget-refuses', params)
        : msg('disruption-budget-allows', { ...params, evictions: msg('more-evictions', { n: allowed - 1 }) })
    case 'delete':
      return msg('disruption-budget-delete', params)
    default:
      return effect.replicas ? msg('disruption-budget-scale', params) : msg('disruption-budget-rollout', params)
  }
}
