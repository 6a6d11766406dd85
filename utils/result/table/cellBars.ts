/** Bars in cells: usage, restarts, and shares of requests and limits. They repeat the cell's text. */
import { parseRestarts } from '#shared/kubernetes/durations'
import { parseQuantity } from '#shared/kubernetes/quantities'
import type { Row } from './tableView'

export interface Bar {
  /** Filled part, 0 to 1. */
  share: number
  tone: 'plain' | 'warn' | 'bad'
  /** Place of the request within the limit, 0 to 1. */
  request?: number
}

export type BarOf = (row: Row) => Bar | undefined

const AMOUNT = /^(?:CPU|MEMORY)(?:\((?:cores|bytes)\))?$/
/** `%CPU/R` and `%CPU/L` as in k9s, `CPU%` and `MEMORY%` as in kubectl. */
const SHARE = /^(?:%(CPU|MEM)\/([RL])|(?:CPU|MEMORY)\(?%\)?)$/
/** Shares of a limit, or of a node, from which on they are coloured. */
const HIGH = 0.75
const CRITICAL = 0.9

/** @returns for each column with bars, by its index, the bar of a row */
export function cellBars(columns: readonly string[], rows: readonly Row[]): ReadonlyMap<number, BarOf> {
  const bars = new Map<number, BarOf>()
  columns.forEach((heading, column) => {
    const share = SHARE.exec(heading)
    const bar = share
      ? shareBar(columns, column, share[1], share[2])
      : AMOUNT.test(heading)
        ? relativeBar(rows, column, parseQuantity, 'plain')
        : heading === 'RESTARTS'
          ? relativeBar(rows, column, (cell) => parseRestarts(cell)?.count, 'warn')
          : undefined
    if (bar) bars.set(column, bar)
  })
  return bars
}

/** Relative to the column's largest value. */
function relativeBar(
  rows: readonly Row[],
  column: number,
  read: (cell: string) => number | undefined,
  tone: Bar['tone'],
): BarOf | undefined {
  const most = rows.reduce((max, row) => Math.max(max, read(row[column] ?? '') ?? 0), 0)
  if (most === 0) return undefined
  return (row) => {
    const value = read(row[column] ?? '')
    return value === undefined || value === 0 ? undefined : { share: value / most, tone }
  }
}

function shareBar(columns: readonly string[], column: number, what?: string, of?: string): BarOf {
  const request = of === 'L' ? columns.indexOf(`%${what}/R`) : -1
  return (row) => {
    const share = percent(row[column])
    if (share === undefined) return undefined
    const ofRequest = percent(row[request])
    return {
      share: Math.min(1, share),
      tone: toneOf(share, of === 'R'),
      // Usage by limit through usage by request.
      ...(ofRequest && { request: Math.min(1, share / ofRequest) }),
    }
  }
}

function toneOf(share: number, isOfRequest: boolean): Bar['tone'] {
  // More than requested is usual, and risks eviction only on a full node.
  if (isOfRequest) return share > 1 ? 'warn' : 'plain'
  if (share >= CRITICAL) return 'bad'
  return share >= HIGH ? 'warn' : 'plain'
}

function percent(cell: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)%$/.exec(cell ?? '')
  return match ? Number(match[1]) / 100 : undefined
}
