/** All that a table's view needs of its rows, computed in steps: thousands of rows must not block the page. */
import type { Message } from '#shared/messages/message'
import type { TableResult } from '#shared/result'
import { rowKeys } from './rowKeys'
import { specialCells, type SpecialCells } from './specialCells'
import { NO_CHANGES, tableChanges, withRemoved, type TableChanges } from './tableChanges'
import { healthTable, isProblem, type HealthTable } from './tableHealth'
import { tableLayout, type TableLayout } from './tableLayout'
import { columnWidths, type Row } from './tableView'

/** Longer cells are cut, in characters. */
export const WIDEST_CELL = 100

export interface TableModel {
  result: TableResult
  table: HealthTable
  layout: TableLayout
  /** Of the columns, in characters. */
  widths: readonly number[]
  special: SpecialCells
  /** Identities of the table's rows, in their order. */
  keys: readonly string[]
  problems: readonly Row[]
  changes: TableChanges
  /** In their default order, with those that are gone at their former places. */
  rows: readonly Row[]
  keyOf: ReadonlyMap<Row, string>
}

interface Texts {
  /** Of the column added for reasons. */
  reasonHeading: string
  say: (reason: Message) => string
}

/**
 * Yields between its steps.
 * @param before an earlier read, whose differences are marked
 */
export function* buildTableModel(
  result: TableResult,
  { reasonHeading, say }: Texts,
  before?: TableModel,
): Generator<void, TableModel, void> {
  const table = healthTable(result, reasonHeading, say, Date.now())
  yield
  const keys = rowKeys(table.columns, table.rows)
  yield
  const changes = before
    ? tableChanges({ ...before.table, keys: before.keys }, { columns: table.columns, rows: table.rows, keys })
    : NO_CHANGES
  yield
  const layout = tableLayout(table, result.wide)
  yield
  const special = specialCells(table)
  yield
  const widths = columnWidths(table.columns, table.rows, WIDEST_CELL)
  const problems = table.rows.filter((row) => isProblem(row, table))
  yield
  const keyOf = new Map(table.rows.map((row, index) => [row, keys[index] ?? '']))
  changes.removed.forEach(({ row, key }) => keyOf.set(row, key))
  const rows = withRemoved(table.rows, changes)
  return { result, table, layout, widths, special, keys, problems, changes, rows, keyOf }
}
