/** Looks for rows in a kept table. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import { parseAge } from '#shared/kubernetes/durations'
import type { Coverage, TableResult } from '#shared/result'
import { ageBucket } from '#shared/results/counts'
import { columnIndex } from '#shared/results/query/columns'
import { countBy } from '#shared/results/query/count'
import type { ValuesOf } from '#shared/results/query/count'
import { sortedBy } from '#shared/results/query/sort'
import { containsAny, readWhere } from '#shared/results/query/where'
import { tableText } from '#shared/results/table-text'
import type { FindArguments } from './find-arguments'

/** What a look into a kept result found, or why there was none. */
export type Found<T> = { part: T; text: string } | { problem: Message }

interface Row {
  index: number
  cells: readonly string[]
}

/** No column has these names: `health=bad`, `reason~OOM`. */
const BESIDE = ['health', 'reason']

/** What has nothing to do with a table that is already here. */
const NOT_NARROWED = { namespace: 'any', labelSelector: 'any', fieldSelector: 'any', name: 'any', since: 'any' }

export function findRows(table: TableResult, args: FindArguments, maxTokens: number): Found<TableResult> {
  const { columns, verdicts, reasons } = table
  const { where = '', search, sortBy, countBy: by, from = 1, limit = table.rows.length } = args
  const condition = readWhere(columns, where, BESIDE)
  if ('unknown' in condition) return unknownColumn(condition.unknown, columns)
  const besideOf = (index: number) => ({ health: verdicts?.[index] ?? '', reason: reasons?.[index] ?? '' })
  const matched = table.rows
    .map((cells, index): Row => ({ index, cells }))
    .filter(({ index, cells }) => condition.test(cells, besideOf(index)))
    .filter(
      ({ index, cells }) =>
        search === undefined || [...cells, reasons?.[index] ?? ''].some((cell) => containsAny(cell, search)),
    )
  const sorted = sortBy === undefined ? { rows: matched } : sortedBy(matched, sortBy, keysOf(columns))
  if ('unknown' in sorted) return unknownColumn(sorted.unknown, columns)
  const wrong = by?.split(',').find((name) => !readerOf(columns, verdicts, name))
  if (wrong !== undefined) return unknownColumn(wrong.trim(), columns)
  const counts =
    by === undefined ? undefined : [countBy(sorted.rows, by, (name) => readerOf(columns, verdicts, name) ?? none)]
  const shown = sorted.rows.slice(from - 1, from - 1 + limit)
  const part: TableResult = {
    ...pick(
      table,
      shown.map(({ index }) => index),
    ),
    ...(counts && { counts }),
    coverage: coverageOf(table, matched.length, shown.length, from),
  }
  return { part, text: tableText(part, { maxTokens, args: { ...args, ...NOT_NARROWED } }) }
}

function none(): string[] {
  return ['']
}

function unknownColumn(what: string, columns: readonly string[]): { problem: Message } {
  return { problem: msg('find-no-column', { what, columns: columns.join(', ') }) }
}

function keysOf(columns: readonly string[]) {
  const age = columnIndex(columns, 'AGE')
  return {
    column: (name: string) => {
      const index = columnIndex(columns, name)
      return index < 0 ? undefined : ({ cells }: Row) => cells[index] ?? ''
    },
    age: ({ cells }: Row) => -(parseAge(cells[age] ?? '') ?? 0),
  }
}

function readerOf(
  columns: readonly string[],
  verdicts: TableResult['verdicts'],
  written: string,
): ValuesOf<Row> | undefined {
  const name = written.trim()
  const index = columnIndex(columns, name)
  if (index < 0) return name.toLowerCase() === 'health' ? (row) => [verdicts?.[row.index] ?? ''] : undefined
  if (columns[index] === 'AGE') return ({ cells }) => [ageBucket(parseAge(cells[index] ?? ''))]
  return ({ cells }) => [cells[index] ?? '']
}

/** The table with these rows, in this order. */
function pick(table: TableResult, indexes: readonly number[]): TableResult {
  const { verdicts, reasons, localizedReasons, times } = table
  const byNewIndex = <T>(values: Record<string, T>): Record<string, T> =>
    Object.fromEntries(
      indexes.flatMap((index, at) => {
        const value = values[index]
        return value === undefined ? [] : [[String(at), value] as const]
      }),
    )
  const { counts: _, ...rest } = table
  return {
    ...rest,
    rows: indexes.map((index) => table.rows[index] ?? []),
    ...(verdicts && { verdicts: indexes.map((index) => verdicts[index] ?? 'unknown') }),
    ...(reasons && { reasons: byNewIndex(reasons) }),
    ...(localizedReasons && { localizedReasons: byNewIndex(localizedReasons) }),
    ...(times && { times: indexes.map((index) => times[index] ?? null) }),
  }
}

function coverageOf({ rows, coverage }: TableResult, matched: number, shown: number, from: number): Coverage {
  const scope = coverage ?? { scope: 'cluster' as const, complete: true, notes: [] }
  const note =
    shown < matched
      ? msg('find-rows-part', { matched, first: from, last: from - 1 + shown })
      : msg('find-rows', { matched, total: rows.length })
  return { ...scope, shown, total: Math.max(coverage?.total ?? 0, rows.length), notes: [note] }
}
