/** What differs between two reads of one table. Growing ages do not count. */
import { parseRestarts } from '#shared/kubernetes/durations'
import type { Text } from '../../../composables/ui/useText'
import { growsWithTime } from './cellAge'
import type { Row } from './tableView'

interface Rows {
  columns: readonly string[]
  rows: readonly Row[]
  /** Of the rows, as `rowKeys`. */
  keys: readonly string[]
}

export type RowMark =
  | { kind: 'added' }
  | { kind: 'removed' }
  /** The former text of each changed cell, by column. */
  | { kind: 'changed'; cells: ReadonlyMap<number, string> }

export interface TableChanges {
  marks: ReadonlyMap<Row, RowMark>
  /** Rows that are gone, in the newer table's columns, with their former place. */
  removed: readonly { row: Row; key: string; index: number }[]
}

export const NO_CHANGES: TableChanges = { marks: new Map(), removed: [] }

/** Columns are matched by heading: the newer table may have others. */
export function tableChanges(before: Rows, after: Rows): TableChanges {
  const former = new Map(before.keys.map((key, index) => [key, index]))
  const places = after.columns.map((heading) => before.columns.indexOf(heading))
  const compared = after.columns.flatMap((heading, column) => {
    const old = places[column] ?? -1
    return old < 0 || (growsWithTime(heading) && heading !== 'RESTARTS') ? [] : { column, old }
  })
  const marks = new Map<Row, RowMark>()
  after.keys.forEach((key, index) => {
    const row = after.rows[index] ?? []
    const old = before.rows[former.get(key) ?? -1]
    former.delete(key)
    if (!old) return marks.set(row, { kind: 'added' })
    const changed = compared.filter((each) => isChanged(old[each.old] ?? '', row[each.column] ?? ''))
    if (changed.length === 0) return
    marks.set(row, { kind: 'changed', cells: new Map(changed.map((each) => [each.column, old[each.old] ?? ''])) })
  })
  const removed = [...former].map(([key, index]) => ({
    row: places.map((place) => before.rows[index]?.[place] ?? ''),
    key,
    index,
  }))
  for (const { row } of removed) marks.set(row, { kind: 'removed' })
  return { marks, removed }
}

/** The rows with those that are gone at their former places. */
export function withRemoved(rows: readonly Row[], { removed }: TableChanges): readonly Row[] {
  if (removed.length === 0) return rows
  const all = [...rows]
  for (const { row, index } of removed) all.splice(index, 0, row)
  return all
}

/** A mark as text: at a changed cell its former text, at a row's name that it is new or gone. */
export function markText(t: Text, mark: RowMark | undefined, column: number, isName: boolean): string | undefined {
  if (mark?.kind !== 'changed') return isName && mark ? t(`table.${mark.kind}`) : undefined
  const former = mark.cells.get(column)
  return former === undefined ? undefined : t('table.changedFrom', { text: former })
}

function isChanged(before: string, after: string): boolean {
  if (before === after) return false
  // `12 (2m ago)` is a RESTARTS cell, whose age grows.
  const [one, other] = [parseRestarts(before), parseRestarts(after)]
  return !one || !other || one.count !== other.count
}
