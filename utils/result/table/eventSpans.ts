/** When the events of a table began and were last seen, on one axis. */
import { parseAge } from '#shared/kubernetes/durations'
import type { TableResult } from '#shared/result'

export interface Span {
  /** Milliseconds since the epoch. */
  first: number
  last: number
  /** False if computed from ages, which kubectl rounds to minutes and hours. */
  isExact: boolean
}

export interface Axis {
  from: number
  to: number
}

/** A span of each row, by row index; undefined for rows without times. */
export function eventSpans({ columns, rows, times, asOf }: TableResult): (Span | undefined)[] {
  const read = Date.parse(asOf ?? '')
  const [first, last] = [columns.indexOf('FIRST SEEN'), columns.indexOf('LAST SEEN')]
  const ago = (cell: string | undefined): number | undefined => {
    const age = parseAge(cell ?? '')
    return age === undefined || Number.isNaN(read) ? undefined : read - age * 1000
  }
  return rows.map((row, index) => {
    const exact = times?.[index]
    if (exact) {
      const end = Date.parse(exact.last)
      return { first: exact.first === undefined ? end : Date.parse(exact.first), last: end, isExact: true }
    }
    const end = ago(row[last])
    return end === undefined ? undefined : { first: ago(row[first]) ?? end, last: end, isExact: false }
  })
}

/** From the first event to the last; undefined if all happened at once. */
export function axisOf(spans: Iterable<Span>): Axis | undefined {
  const axis = { from: Infinity, to: -Infinity }
  for (const { first, last } of spans) {
    axis.from = Math.min(axis.from, first)
    axis.to = Math.max(axis.to, last)
  }
  return axis.from < axis.to ? axis : undefined
}

/** Start and width of a span on the axis, 0 to 1. */
export function placeOn({ from, to }: Axis, { first, last }: Span): { start: number; width: number } {
  const length = to - from
  return { start: (first - from) / length, width: (last - first) / length }
}
