/** Which columns of a table are worth its width, and which of them a narrow page shows. */
import type { HealthTable } from './tableHealth'
import { isEmptyCell } from './sortKeys'

export interface TableLayout {
  /** Index of the column that names the row. */
  name: number
  /** Indexes that are hidden until they are asked for: `-o wide` columns, and those without any difference. */
  hidden: ReadonlySet<number>
  /** Columns with the same value in each row, which the caption shows instead. */
  constants: { heading: string; value: string }[]
  /** Columns without any value. */
  empty: string[]
}

/** With fewer rows, equal values may be chance. */
const MIN_ROWS = 3
/** What a row is looked at for, also when all rows are alike. */
const NEVER_HIDDEN = new Set([
  'NAME',
  'STATUS',
  'PHASE',
  'STATE',
  'REASON',
  'READY',
  'AGE',
  'MESSAGE',
  'TYPE',
  'OBJECT',
])
/** The first existing one names the row. */
const NAME_COLUMNS = ['NAME', 'OBJECT', 'POD']
/** Order of the remaining columns on a narrow page; others follow in the table's order. */
const NARROW_ORDER = ['READY', 'RESTARTS', 'AVAILABLE', 'LAST SEEN', 'COUNT', 'AGE', 'NAMESPACE', 'NODE']
/** Cells of a row on a narrow page, besides name, state and reason. */
const NARROW_CELLS = 4

/** @param wide indexes of the columns that kubectl prints only with `-o wide` */
export function tableLayout(table: HealthTable, wide: readonly number[] = []): TableLayout {
  const { columns, rows } = table
  const hidden = new Set(wide)
  const constants: TableLayout['constants'] = []
  const empty: string[] = []
  columns.forEach((heading, column) => {
    if (rows.length < MIN_ROWS || NEVER_HIDDEN.has(heading) || column === table.toneColumn) return
    if (column === table.reasonColumn) return
    const value = rows[0]?.[column] ?? ''
    if (!rows.every((row) => (row[column] ?? '') === value)) return
    if (!hidden.has(column) && isEmptyCell(value)) empty.push(heading)
    else if (!hidden.has(column)) constants.push({ heading, value })
    hidden.add(column)
  })
  return { name: nameColumn(columns), hidden, constants, empty }
}

/** What a narrow page shows of a row: name and state on the first line, the rest below. */
export interface NarrowColumns {
  name: number
  /** Absent if the name's column is also the one that bears the verdict. */
  state: number | undefined
  /** The reason, or an event's message, as a line of its own. */
  text: number | undefined
  rest: number[]
}

export function narrowColumns(table: HealthTable, { name, hidden }: TableLayout): NarrowColumns {
  const { columns, toneColumn, reasonColumn } = table
  const message = columns.indexOf('MESSAGE')
  const reason = columns.indexOf('REASON')
  // An event's reason is its state.
  const state = message >= 0 && reason >= 0 ? reason : toneColumn === name ? undefined : toneColumn
  const text = reasonColumn ?? (message >= 0 ? message : undefined)
  const used = new Set([name, state, text])
  const rest = columns.map((_, index) => index).filter((index) => !used.has(index) && !hidden.has(index))
  const rank = (index: number): number => {
    const place = NARROW_ORDER.indexOf(columns[index] ?? '')
    return place < 0 ? NARROW_ORDER.length : place
  }
  return { name, state, text, rest: rest.sort((one, other) => rank(one) - rank(other)).slice(0, NARROW_CELLS) }
}

function nameColumn(columns: readonly string[]): number {
  return NAME_COLUMNS.map((name) => columns.indexOf(name)).find((index) => index >= 0) ?? 0
}
