/** Finds columns by the names that models write, and reads numbers in cells. */
import { parseAge, parseRestarts } from '../../kubernetes/durations'

/** The index of a column by its heading, ignoring case, blanks, `-` and `_`; -1 if there is none. */
export function columnIndex(columns: readonly string[], word: string): number {
  return columns.findIndex((name) => plain(name) === plain(word))
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '')
}

/** `12 (2m ago)` is 12, `3/5` is 3, `4d` is seconds; otherwise the text. */
export function cellValue(cell: string): number | string {
  const restarts = parseRestarts(cell)
  if (restarts) return restarts.count
  const ratio = /^(\d+)\/\d+$/.exec(cell)
  if (ratio) return Number(ratio[1])
  return parseAge(cell) ?? cell
}
