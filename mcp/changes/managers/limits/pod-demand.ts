/** A pod's demand in the units of a ResourceQuota. */
import { isRecord, listAt } from '../../../../shared/kubernetes/fields'
import { recordAt, textAt } from '../../../kubernetes/read/fields'
import { parseQuantity } from '../../../../shared/kubernetes/quantities'
import type { KubeObject } from '../../../kubernetes/types'

/** Amounts by name, e.g. `pods`, `requests.cpu`. */
export type Demand = Record<string, number>

/**
 * The demand of one pod, with the namespace's LimitRange defaults.
 * @param template with `spec.containers`
 */
export function podDemand(template: unknown, limitRanges: readonly KubeObject[]): Demand {
  const defaults = containerDefaults(limitRanges)
  const demand: Demand = { pods: 1, 'count/pods': 1 }
  const init = listAt(template, 'spec', 'initContainers').map((each) => containerDemand(each, defaults))
  const sidecars = listAt(template, 'spec', 'initContainers').map((each) => textAt(each, 'restartPolicy') === 'Always')
  for (const container of listAt(template, 'spec', 'containers')) add(demand, containerDemand(container, defaults))
  init.forEach((each, at) => sidecars[at] && add(demand, each))
  // Init containers run one at a time before the others, so the largest counts if it exceeds their sum.
  for (const [at, each] of init.entries())
    if (!sidecars[at])
      for (const [name, amount] of Object.entries(each)) demand[name] = Math.max(demand[name] ?? 0, amount)
  return demand
}

export function times(demand: Demand, count: number): Demand {
  return Object.fromEntries(Object.entries(demand).map(([name, amount]) => [name, amount * count]))
}

export function add(sum: Demand, other: Demand): void {
  for (const [name, amount] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + amount
}

interface Defaults {
  requests: Record<string, unknown>
  limits: Record<string, unknown>
}

function containerDefaults(limitRanges: readonly KubeObject[]): Defaults {
  const items = limitRanges
    .flatMap((range) => listAt(range, 'spec', 'limits'))
    .filter((limit) => textAt(limit, 'type') === 'Container')
  const all = (field: string): Record<string, unknown> =>
    Object.assign({}, ...items.map((item) => recordAt(item, field)))
  return { requests: all('defaultRequest'), limits: all('default') }
}

function containerDemand(container: unknown, defaults: Defaults): Demand {
  const demand: Demand = {}
  const limits = { ...defaults.limits, ...recordAt(container, 'resources', 'limits') }
  // A limit without a request is the request; namespace defaults come after that.
  const requests = {
    ...defaults.requests,
    ...recordAt(container, 'resources', 'limits'),
    ...recordAt(container, 'resources', 'requests'),
  }
  for (const [name, quantity] of Object.entries(limits)) put(demand, `limits.${name}`, quantity)
  for (const [name, quantity] of Object.entries(requests)) {
    put(demand, `requests.${name}`, quantity)
    if (name === 'cpu' || name === 'memory') put(demand, name, quantity)
  }
  return demand
}

function put(demand: Demand, name: string, quantity: unknown): void {
  const amount = parseQuantity(
    typeof quantity === 'number' ? String(quantity) : typeof quantity === 'string' ? quantity : '',
  )
  if (amount !== undefined) demand[name] = amount
}

/** Quota entries that a pod must specify, such as `requests.cpu`, or the API server refuses it. */
export function isRequired(name: string): boolean {
  return /^(requests\.|limits\.)?(cpu|memory)$/.test(name)
}

/** True if a scoped quota counts pods of this template; undefined if that depends on more. */
export function inScope(quota: KubeObject, template: unknown): boolean | undefined {
  const expressions = listAt(quota, 'spec', 'scopeSelector', 'matchExpressions')
  if (expressions.length > 0) return undefined
  const containers = listAt(template, 'spec', 'containers')
  const bestEffort = containers.every((each) => {
    const resources = recordAt(each, 'resources')
    return [resources.requests, resources.limits].every((part) => !isRecord(part) || Object.keys(part).length === 0)
  })
  const ends = textAt(template, 'spec', 'activeDeadlineSeconds') !== ''
  for (const scope of listAt(quota, 'spec', 'scopes')) {
    if (scope === 'BestEffort' && !bestEffort) return false
    if (scope === 'NotBestEffort' && bestEffort) return false
    if (scope === 'Terminating' && !ends) return false
    if (scope === 'NotTerminating' && ends) return false
    if (scope === 'PriorityClass' || scope === 'CrossNamespacePodAffinity') return undefined
  }
  return true
}
