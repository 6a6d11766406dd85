/** Sorts table rows by age, restarts, name, or any column. */
import { msg } from '../../../shared/messages/create'
import { KubeError } from '../../kubernetes/errors/errors'
import type { TableList, TableRow } from '../../kubernetes/list/list'
import { parseAge, parseRestarts } from '../../../shared/kubernetes/durations'

/** @throws KubeError `invalid-arguments` listing the columns */
export function sortRows(table: TableList, sortBy: string | undefined): TableRow[] {
  if (sortBy === undefined) return table.rows
  const [word, direction] = readOrder(sortBy)
  const keyed = table.rows.map((row, at) => ({ row, at, key: 0 as number | string }))
  const sign = direction === 'asc' ? 1 : -1
  switch (word) {
    case 'age':
    case 'oldest':
    case 'creationtimestamp':
    case 'newest': {
      const newestFirst = word === 'newest' || (word === 'age' && direction === 'asc')
      for (const each of keyed) each.key = each.row.object.metadata.creationTimestamp ?? ''
      return sorted(keyed, newestFirst ? -1 : 1)
    }
    case 'restarts':
      return byColumn(table, 'RESTARTS', direction === 'asc' ? 1 : -1, keyed)
    default:
      return byColumn(table, word, direction === undefined ? undefined : sign, keyed)
  }
}

interface Keyed {
  row: TableRow
  at: number
  key: number | string
}

function byColumn(table: TableList, word: string, sign: 1 | -1 | undefined, keyed: Keyed[]): TableRow[] {
  const index = columnIndex(table, word)
  if (index < 0)
    throw new KubeError('invalid-arguments', msg('sort-by-unknown', { word, columns: columnNames(table) }), {
      sortBy: word,
      columns: columnNames(table),
    })
  for (const each of keyed) each.key = valueOf(each.row.cells[index] ?? '')
  const numeric = keyed.some(({ key }) => typeof key === 'number')
  if (numeric) for (const each of keyed) if (typeof each.key === 'string') each.key = -Infinity
  // By default numbers sort largest first, and texts alphabetically.
  return sorted(keyed, sign ?? (numeric ? -1 : 1))
}

function sorted(keyed: Keyed[], sign: number): TableRow[] {
  const compare = (one: Keyed, other: Keyed) =>
    one.key < other.key ? -sign : one.key > other.key ? sign : one.at - other.at
  return keyed.sort(compare).map(({ row }) => row)
}

/** Finds a column by its heading, ignoring case and blanks; -1 if there is none. */
export function columnIndex(table: Pick<TableList, 'columns'>, word: string): number {
  const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '')
  return table.columns.findIndex(({ name }) => plain(name) === plain(word))
}

export function columnNames(table: Pick<TableList, 'columns'>): string {
  return table.columns.map(({ name }) => name).join(', ')
}

/** `restarts desc`, `-restarts`, `.metadata.creationTimestamp`. */
function readOrder(sortBy: string): [string, 'asc' | 'desc' | undefined] {
  const match = /^(-)?\.?(?:metadata\.|status\.)?([^,:]+?)(?:[\s:,]+(asc|desc)\w*)?$/i.exec(sortBy.trim())
  const [, minus, word = sortBy, given] = match ?? []
  const direction = minus ? 'desc' : given?.toLowerCase() === 'asc' ? 'asc' : given ? 'desc' : undefined
  return [word.trim().toLowerCase(), direction]
}

/** `12 (2m ago)` is 12, `3/5` is 3, `4d` is seconds; otherwise the text. */
function valueOf(cell: string): number | string {
  const restarts = parseRestarts(cell)
  if (restarts) return restarts.count
  const ratio = /^(\d+)\/\d+$/.exec(cell)
  if (ratio) return Number(ratio[1])
  return parseAge(cell) ?? cell
}
