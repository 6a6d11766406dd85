/** Counts the values of a table's columns over all rows. */
import type { Counts } from '../result'
import { parseAge } from '../kubernetes/durations'
import { mapSteps, type Steps } from '../steps'

/** Upper bounds of age buckets in seconds, with their names. */
const BUCKETS: readonly [number, string][] = [
  [600, 'under 10m'],
  [3600, '10m to 1h'],
  [86_400, '1h to 1d'],
  [7 * 86_400, '1d to 7d'],
  [30 * 86_400, '7d to 30d'],
  [Number.POSITIVE_INFINITY, '30d and more'],
]
const NONE = '(none)'

/** The bucket of an age in seconds, e.g. `1h to 1d`. */
export function ageBucket(seconds: number | undefined): string {
  if (seconds === undefined) return '(unknown)'
  return BUCKETS.find(([end]) => seconds < end)?.[1] ?? '(unknown)'
}

/** Counts each value, most frequent first, then alphabetical. */
export function countValues(by: string, values: Iterable<string>): Counts {
  const counts = new Map<string, number>()
  for (const value of values) {
    const key = nameOf(value)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return { by, values: [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)) }
}

/** Separator of the values of several columns in one count. */
export const JOINT = ' · '

/**
 * Counts a table's rows by one or several columns; undefined if a column is missing.
 * @param by `namespace`, `status`, `node`, `age` (in buckets), or a heading in any case; several separated by commas
 */
export function* countRowSteps(
  table: { columns: readonly string[]; rows: readonly (readonly string[])[] },
  by: string,
): Steps<Counts | undefined> {
  const names = by.split(',').map((name) => name.trim().toUpperCase())
  const indexes = names.map((name) => table.columns.indexOf(name))
  if (indexes.some((index) => index < 0)) return undefined
  const valueOf = (row: readonly string[], index: number): string => {
    const cell = row[index] ?? ''
    return table.columns[index] === 'AGE' ? ageBucket(parseAge(cell)) : nameOf(cell)
  }
  const values = yield* mapSteps(table.rows, (row) => indexes.map((index) => valueOf(row, index)).join(JOINT))
  return countValues(by, values)
}

function nameOf(value: string): string {
  return value === '' || value === '<none>' ? NONE : value
}
