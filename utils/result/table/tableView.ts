/** Filters and sorts a table's rows. Pure, so that copies equal the view. */
import { columnKind, compareKeys, sortKey } from './sortKeys'

export type Row = readonly string[]

/** Keeps rows that contain every word of the query, ignoring case. */
export function filterRows(rows: readonly Row[], query: string): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return rows
  return rows.filter((row) => {
    const text = row.join('\n').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/**
 * Sorts by one column, stable; empty cells last in both directions.
 * @param severity of a row, ascending from the worst; decides before the cells
 */
export function sortRows(
  rows: readonly Row[],
  heading: string,
  column: number,
  descending: boolean,
  severity?: (row: Row) => number,
): readonly Row[] {
  const kind = columnKind(
    heading,
    rows.map((row) => row[column] ?? ''),
  )
  const keyed = rows.map((row) => ({ row, key: sortKey(kind, row[column] ?? ''), rank: severity?.(row) ?? 0 }))
  keyed.sort((a, b) => {
    if (a.rank !== b.rank) return descending ? b.rank - a.rank : a.rank - b.rank
    if (a.key === undefined || b.key === undefined) return Number(a.key === undefined) - Number(b.key === undefined)
    return descending ? compareKeys(b.key, a.key) : compareKeys(a.key, b.key)
  })
  return keyed.map(({ row }) => row)
}

/**
 * Column widths in characters, fixed in advance, so that a virtualised table keeps them while scrolling.
 * @param widest upper limit
 */
export function columnWidths(columns: readonly string[], rows: readonly Row[], widest = 100): number[] {
  return columns.map((heading, column) => {
    // Plus two characters for the sort mark.
    let width = heading.length + 2
    for (const row of rows) width = Math.max(width, row[column]?.length ?? 0)
    return Math.min(width, widest)
  })
}
