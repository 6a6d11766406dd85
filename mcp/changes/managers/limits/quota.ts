/** Compares ResourceQuotas with a change's need. */
import { msg } from '../../../../shared/messages/create'
import { isRecord } from '../../../../shared/kubernetes/fields'
import { at, recordAt, textAt } from '../../../kubernetes/read/fields'
import { formatCpu, formatMemory, parseQuantity } from '../../../../shared/kubernetes/quantities'
import type { KubeObject } from '../../../kubernetes/types'
import type { ResultNote } from '../../../../shared/result'
import { add, inScope, isRequired, podDemand, times } from './pod-demand'
import type { Demand } from './pod-demand'
import { needOf } from './quota-need'
import type { Need } from './quota-need'
import { rolloutLimits } from './rollout-limits'
import type { Change, Finding, Manager } from '../types'
import { notChecked } from '../unread'

export const quota: Manager = {
  id: 'quota',
  applies: (change) => change.operation.namespace !== undefined && needOf(change) !== undefined,
  async check(change, reads): Promise<Finding | undefined> {
    const need = needOf(change)
    if (!need) return undefined
    const { namespace } = change.operation
    const quotas = await reads.list('ResourceQuota', namespace)
    if ('unread' in quotas) return { notes: [notChecked('ResourceQuotas', quotas.unread)] }
    if (quotas.value.length === 0) return undefined
    const ranges = await reads.list('LimitRange', namespace)
    const template = templateOf(change)
    const pod = template === undefined ? {} : podDemand(template, 'value' in ranges ? ranges.value : [])
    const notes = quotas.value.flatMap((each) => sentence(change, each, need, pod, template))
    return notes.length > 0 ? { notes } : undefined
  },
}

function templateOf({ object, effect, operation }: Change): unknown {
  const after = effect.after ?? object
  return operation.resource.kind === 'Pod' ? after : at(after, 'spec', 'template')
}

function sentence(change: Change, quota: KubeObject, need: Need, pod: Demand, template: unknown): ResultNote[] {
  const scoped = isRecord(at(quota, 'spec', 'scopeSelector')) || Array.isArray(at(quota, 'spec', 'scopes'))
  // A scoped quota counts only some pods.
  if (scoped && inScope(quota, template) !== true) return []
  const object = scoped ? {} : need.object
  const { pods } = need
  const isPod = change.operation.resource.kind === 'Pod'
  const hard = Object.keys(recordAt(quota, 'status', 'hard'))
  const name = quota.metadata.name
  if (pods > 0) {
    const missing = hard.filter((each) => isRequired(each) && pod[each] === undefined)
    if (missing.length > 0)
      return [msg(isPod ? 'quota-refuses-unset' : 'quota-unset', { quota: name, resources: missing.join(', ') })]
  }
  const refused = exceeded(quota, isPod ? times(pod, 1) : object)
  if (refused) return [msg('quota-refuses', { quota: name, ...refused })]
  if (isPod || pods === 0) return []
  const all = { ...object }
  add(all, times(pod, pods))
  const over = exceeded(quota, all)
  if (!over) return []
  const params = { quota: name, ...over, pods, fit: fitting(quota, pod, pods) }
  if (!need.surge) return params.fit === 0 ? [msg('quota-blocks-all', params)] : [msg('quota-blocks-pods', params)]
  // Without room for a new pod, the rollout continues only if an old pod may be removed first.
  return rolloutLimits(change.effect.after ?? change.object).unavailable > 0 || params.fit > 0
    ? [msg('quota-slows-rollout', params)]
    : [msg('quota-stops-rollout', params)]
}

interface Exceeded extends Record<string, string> {
  resource: string
  used: string
  hard: string
  needed: string
}

function exceeded(quota: KubeObject, demand: Demand): Exceeded | undefined {
  for (const [resource, limit] of Object.entries(recordAt(quota, 'status', 'hard'))) {
    const wanted = demand[resource] ?? 0
    const used = textAt(quota, 'status', 'used', resource) || '0'
    const [most, now] = [parseQuantity(textAt(limit)), parseQuantity(used)]
    if (wanted > 0 && most !== undefined && now !== undefined && now + wanted > most + 1e-9)
      return { resource, used, hard: textAt(limit), needed: amountText(resource, wanted) }
  }
  return undefined
}

function fitting(quota: KubeObject, pod: Demand, pods: number): number {
  for (let count = pods; count > 0; count--) if (!exceeded(quota, times(pod, count))) return count
  return 0
}

function amountText(resource: string, amount: number): string {
  if (/(^|\.)cpu$/.test(resource)) return formatCpu(amount)
  return /(^|\.)(memory|storage|ephemeral-storage)$/.test(resource) ? formatMemory(amount) : String(amount)
}
