/** Usage as rows. Shares use k9s's column names: `%CPU/R` of the request, `%CPU/L` of the limit. */
import { formatCpu, formatMemory, formatShare } from '../../../shared/kubernetes/quantities'
import type { Usage } from './usage'

export type SortBy = 'cpu' | 'memory'

export type Column = [name: string, cell: (usage: Usage) => string]

export const POD_SHARES: Column[] = [
  ['%CPU/R', ({ cpu, requests }) => formatShare(cpu, requests.cpu)],
  ['%CPU/L', ({ cpu, limits }) => formatShare(cpu, limits.cpu)],
  ['%MEM/R', ({ memory, requests }) => formatShare(memory, requests.memory)],
  ['%MEM/L', ({ memory, limits }) => formatShare(memory, limits.memory)],
]

/** Shares of the node's allocatable resources, which `limits` holds. */
export const NODE_SHARES: Column[] = [
  ['CPU%', ({ cpu, limits }) => formatShare(cpu, limits.cpu)],
  ['MEMORY%', ({ memory, limits }) => formatShare(memory, limits.memory)],
]

const AMOUNTS: Column[] = [
  ['CPU', ({ cpu }) => formatCpu(cpu)],
  ['MEMORY', ({ memory }) => formatMemory(memory)],
]

/** Omits shares that no row has. */
export function usageTable(
  usages: readonly Usage[],
  names: readonly Column[],
  shares: readonly Column[],
): { columns: string[]; rows: string[][] } {
  const used = shares.filter(([, cell]) => usages.some((usage) => cell(usage) !== ''))
  const columns = [...names, ...AMOUNTS, ...used]
  return { columns: columns.map(([name]) => name), rows: usages.map((usage) => columns.map(([, cell]) => cell(usage))) }
}

export const NAMESPACE: Column = ['NAMESPACE', ({ namespace }) => namespace]
export const NAME: Column = ['NAME', ({ name }) => name]
export const CONTAINER: Column = ['CONTAINER', ({ container }) => container ?? '']

export function largestFirst(usages: readonly Usage[], sortBy: SortBy): Usage[] {
  return [...usages].sort((one, other) => other[sortBy] - one[sortBy])
}
