/** Sorts table rows by age, restarts, name, or any column. */
import { msg } from '../../../shared/messages/create'
import { columnIndex as indexOf } from '../../../shared/results/query/columns'
import { sortedBy } from '../../../shared/results/query/sort'
import { KubeError } from '../../kubernetes/errors/errors'
import type { TableList, TableRow } from '../../kubernetes/list/list'

/** @throws KubeError `invalid-arguments` listing the columns */
export function sortRows(table: TableList, sortBy: string | undefined): TableRow[] {
  if (sortBy === undefined) return table.rows
  const sorted = sortedBy(table.rows, sortBy, {
    column: (name) => {
      const index = columnIndex(table, name)
      return index < 0 ? undefined : ({ cells }: TableRow) => cells[index] ?? ''
    },
    age: ({ object }) => object.metadata.creationTimestamp ?? '',
  })
  if ('rows' in sorted) return sorted.rows
  const columns = columnNames(table)
  const word = sorted.unknown
  throw new KubeError('invalid-arguments', msg('sort-by-unknown', { word, columns }), { sortBy: word, columns })
}

/** Finds a column by its heading; -1 if there is none. */
export function columnIndex(table: Pick<TableList, 'columns'>, word: string): number {
  return indexOf(
    table.columns.map(({ name }) => name),
    word,
  )
}

export function columnNames(table: Pick<TableList, 'columns'>): string {
  return table.columns.map(({ name }) => name).join(', ')
}
