/** Sorts rows as models ask for it: `age`, `newest`, `restarts desc`, `-restarts`, or any column. */
import { cellValue } from './columns'

export interface SortKeys<Row> {
  /** The cells of a column; undefined if there is none. */
  column: (name: string) => ((row: Row) => string) | undefined
  /** Smaller for older rows. */
  age: (row: Row) => number | string
}

/**
 * In a stable order.
 * @returns `unknown`: the missing column
 */
export function sortedBy<Row>(
  rows: readonly Row[],
  sortBy: string,
  keys: SortKeys<Row>,
): { rows: Row[] } | { unknown: string } {
  const [word, direction] = readOrder(sortBy)
  switch (word) {
    case 'age':
    case 'oldest':
    case 'creationtimestamp':
    case 'newest': {
      const newestFirst = word === 'newest' || (word === 'age' && direction === 'asc')
      return { rows: inOrder(rows, keys.age, newestFirst ? -1 : 1) }
    }
    default: {
      const cell = keys.column(word)
      if (!cell) return { unknown: word }
      const isNumeric = rows.some((row) => typeof cellValue(cell(row)) === 'number')
      const key = (row: Row) => {
        const value = cellValue(cell(row))
        return isNumeric && typeof value === 'string' ? -Infinity : value
      }
      // By default numbers sort largest first, and texts alphabetically.
      const sign = direction === undefined ? (isNumeric ? -1 : 1) : direction === 'asc' ? 1 : -1
      return { rows: inOrder(rows, key, sign) }
    }
  }
}

function inOrder<Row>(rows: readonly Row[], keyOf: (row: Row) => number | string, sign: 1 | -1): Row[] {
  return rows
    .map((row, at) => ({ row, at, key: keyOf(row) }))
    .sort((one, other) => (one.key < other.key ? -sign : one.key > other.key ? sign : one.at - other.at))
    .map(({ row }) => row)
}

/** `restarts desc`, `-restarts`, `.metadata.creationTimestamp`. */
function readOrder(sortBy: string): [string, 'asc' | 'desc' | undefined] {
  const match = /^(-)?\.?(?:metadata\.|status\.)?([^,:]+?)(?:[\s:,]+(asc|desc)\w*)?$/i.exec(sortBy.trim())
  const [, minus, word = sortBy, given] = match ?? []
  const direction = minus ? 'desc' : given?.toLowerCase() === 'asc' ? 'asc' : given ? 'desc' : undefined
  return [word.trim().toLowerCase(), direction]
}
