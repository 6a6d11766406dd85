/** CPU and memory of pods' containers, with their requests and limits. */
import { listAt, textAt } from '../../kubernetes/read/fields'
import { parseQuantity } from '../../../shared/kubernetes/quantities'
import type { KubeObject } from '../../kubernetes/types'

export interface Amounts {
  /** Cores. */
  cpu: number
  /** Bytes. */
  memory: number
}

/** A row of `kubectl top`; requests and limits are undefined if a container has none or they were not read. */
export interface Usage extends Amounts {
  namespace: string
  name: string
  container?: string
  node: string
  requests: Partial<Amounts>
  limits: Partial<Amounts>
}

export function amountsAt(value: unknown, ...path: string[]): Amounts {
  return {
    cpu: parseQuantity(textAt(value, ...path, 'cpu')) ?? 0,
    memory: parseQuantity(textAt(value, ...path, 'memory')) ?? 0,
  }
}

/**
 * One row for each container.
 * @param pod the pod, if it was read
 */
export function containerUsages(metrics: KubeObject, pod: KubeObject | undefined): Usage[] {
  const { namespace = '', name } = metrics.metadata
  const specs = [...listAt(pod, 'spec', 'containers'), ...listAt(pod, 'spec', 'initContainers')]
  return listAt(metrics, 'containers').map((each): Usage => {
    const container = textAt(each, 'name')
    const spec = specs.find((candidate) => textAt(candidate, 'name') === container)
    return {
      ...{ namespace, name, container, node: textAt(pod, 'spec', 'nodeName') },
      ...amountsAt(each, 'usage'),
      requests: partialAt(spec, 'requests'),
      limits: partialAt(spec, 'limits'),
    }
  })
}

function partialAt(spec: unknown, field: 'requests' | 'limits'): Partial<Amounts> {
  const cpu = parseQuantity(textAt(spec, 'resources', field, 'cpu'))
  const memory = parseQuantity(textAt(spec, 'resources', field, 'memory'))
  return { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) }
}

/**
 * Sums rows with the same key. Requests and limits are summed only if every part has one: a partial sum would look like
 * a share of the whole.
 */
export function sumUsages(usages: readonly Usage[], keyOf: (usage: Usage) => string): Usage[] {
  const groups = new Map<string, Usage[]>()
  for (const usage of usages) {
    const group = groups.get(keyOf(usage))
    if (group) group.push(usage)
    else groups.set(keyOf(usage), [usage])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { container: _, ...rest } = first
    return { ...rest, ...totalOf(group), requests: sumPartial(group, 'requests'), limits: sumPartial(group, 'limits') }
  })
}

export function totalOf(usages: readonly Amounts[]): Amounts {
  return usages.reduce((sum, { cpu, memory }) => ({ cpu: sum.cpu + cpu, memory: sum.memory + memory }), {
    cpu: 0,
    memory: 0,
  })
}

function sumPartial(group: readonly Usage[], field: 'requests' | 'limits'): Partial<Amounts> {
  const sum: Partial<Amounts> = {}
  for (const name of ['cpu', 'memory'] as const) {
    const values = group.map((usage) => usage[field][name])
    if (values.every((value) => value !== undefined)) sum[name] = values.reduce((total, value) => total + value, 0)
  }
  return sum
}
