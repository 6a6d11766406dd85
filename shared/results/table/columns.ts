/** Chooses the columns that are worth the model's tokens. */
import type { TableResult } from '../../result'

export type TableLike = Pick<TableResult, 'columns' | 'rows'> & Partial<TableResult>

/** Never asked for; the page shows them. */
const NEVER = new Set(['LABELS', 'NOMINATED NODE', 'READINESS GATES', 'SUBOBJECT'])
/** Groups of columns, dropped in this order before any row. */
const EXTRAS = [
  ['SELECTOR', 'CONTAINERS', 'VERBS', 'CATEGORIES', 'SHORTNAMES', 'SOURCE', 'NODE SELECTOR', 'VOLUMEMODE'],
  ['IMAGES', 'KERNEL-VERSION', 'CONTAINER-RUNTIME', 'OS-IMAGE', 'EXTERNAL-IP', 'UPDATED', 'FIRST SEEN'],
  ['IP', 'NODE', 'INTERNAL-IP', 'CREATED'],
]
const EMPTY = new Set(['', '<none>', '-'])
/** Arguments whose value may name a column. */
const ASKING = ['countBy', 'sortBy', 'fieldSelector', 'labelSelector']

/** True for a table of Kubernetes events. */
export function isEvents(columns: readonly string[]): boolean {
  return columns.includes('REASON') && columns.includes('MESSAGE') && columns.includes('TYPE')
}

/** Indexes of the columns to show, in decreasing choices; never empty. */
export function columnChoices(table: TableLike, args: Record<string, unknown>): number[][] {
  const asked = ASKING.flatMap((name) => (typeof args[name] === 'string' ? [args[name].toLowerCase()] : [])).join(' ')
  const isAsked = (name: string): boolean => asked.includes(name.toLowerCase().replace(/[\s-]/g, ''))
  const dropped = new Set(NEVER)
  // An event's name is meaningless.
  if (isEvents(table.columns)) dropped.add('NAME')
  const wide = (table.wide ?? []).map((index) => table.columns[index] ?? '')
  const empty = emptyColumns(table)
  return [[], ...EXTRAS, wide].map((group) => {
    for (const name of group) dropped.add(name)
    const kept = table.columns.flatMap((name, index) => {
      if (isAsked(name)) return [index]
      return dropped.has(name) || empty.has(index) ? [] : [index]
    })
    return kept.length > 0 ? kept : table.columns.map((_, index) => index)
  })
}

function emptyColumns({ columns, rows }: TableLike): Set<number> {
  const empty = new Set(columns.map((_, index) => index))
  if (rows.length < 2) return new Set()
  for (const row of rows) {
    for (const index of empty) if (!EMPTY.has(row[index] ?? '')) empty.delete(index)
    if (empty.size === 0) break
  }
  return empty
}
