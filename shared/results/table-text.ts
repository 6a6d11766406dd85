/** A table for the model: facts and counts over all rows, then the rows that matter most. */
import type { Counts, Verdict } from '../result'
import { compareVerdicts } from '../kubernetes/health/health'
import { countRowSteps } from './counts'
import { atOnce, type Steps } from '../steps'
import { grouped } from '../text/grouped'
import { columnChoices, isEvents } from './table/columns'
import type { TableLike } from './table/columns'
import { countsText } from './table/counts-text'
import { eventOrderSteps } from './table/events'
import type { EventOrder } from './table/events'
import { factLines, verdictCounts } from './table/facts'
import { lastLine } from './table/last-line'
import { bucketSteps } from './table/order'
import type { Bucket } from './table/order'
import { rowWriter } from './table/row-writer'
import { estimateTokens, fitsInTokens } from './tokens'

export type { TableLike } from './table/columns'

export interface TableTextOptions {
  /** As estimated by `estimateTokens`. */
  maxTokens?: number
  /** Arguments of the call: columns that they name are kept, and unused ones are suggested for narrowing. */
  args?: Record<string, unknown>
  /** False: the tool cannot count by other columns. */
  counts?: boolean
}

/** Maximum cost of a result for any context window. */
const DEFAULT_TOKENS = 1200
/** Maximum characters of a cell or a reason once rows are dropped. */
const LONGEST_CELL = 160
/** Tokens reserved for the last line. */
const LAST_LINE = 110
/** Maximum share for counts and waiting rows. */
const COUNTS_SHARE = 0.5
const WAITING_SHARE = 0.6
/** Lower bound for the cost of a row. */
const LEAST_ROW = 3

/**
 * Facts, counts and rows within `maxTokens`: all rows if they fit, otherwise bad before waiting before ok, from all
 * namespaces and states. The last line then reports omissions and how to narrow the request.
 */
export function tableText(table: TableLike, options: TableTextOptions = {}): string {
  return atOnce(tableTextSteps(table, options))
}

/** The same in steps, for tens of thousands of rows. */
export function* tableTextSteps(
  table: TableLike,
  { maxTokens = DEFAULT_TOKENS, args = {}, counts = true }: TableTextOptions = {},
): Steps<string> {
  const events = isEvents(table.columns) ? yield* eventOrderSteps(table) : undefined
  const facts = factLines(
    table,
    events ? eventTypes(table, events) : table.verdicts ? verdictCounts(table.verdicts) : '',
  )
  if (table.rows.length === 0) return [...facts, ...countsText(table.counts ?? [], maxTokens)].join('\n')
  const isSorted = typeof args['sortBy'] === 'string' && args['sortBy'] !== ''
  const whole = wholeText(table, events, facts, args, isSorted, maxTokens)
  return whole ?? (yield* shortText(table, events, facts, { args, counts, isSorted, maxTokens }))
}

/** All rows, with fewer columns if necessary; undefined if that is still too long. */
function wholeText(
  table: TableLike,
  events: EventOrder | undefined,
  facts: string[],
  args: Record<string, unknown>,
  isSorted: boolean,
  maxTokens: number,
): string | undefined {
  if (table.rows.length * LEAST_ROW > maxTokens) return undefined
  const order = isSorted ? [...table.rows.keys()] : wholeOrder(table, events)
  const counts = countsText(table.counts ?? [], maxTokens * COUNTS_SHARE)
  for (const columns of columnChoices(table, args)) {
    const writer = rowWriter(table, columns, events, Number.POSITIVE_INFINITY)
    const text = [...facts, ...counts, writer.heading, ...order.map(writer.line)].join('\n')
    if (fitsInTokens(text, maxTokens)) return text
  }
  return undefined
}

function wholeOrder(table: TableLike, events: EventOrder | undefined): number[] {
  if (events) return [...table.rows.keys()].sort(events.compare)
  const verdictOf = (index: number): Verdict => table.verdicts?.[index] ?? 'ok'
  return [...table.rows.keys()].sort((one, other) => compareVerdicts(verdictOf(one), verdictOf(other)) || one - other)
}

function* shortText(
  table: TableLike,
  events: EventOrder | undefined,
  facts: string[],
  { args, counts: canCount, isSorted, maxTokens }: Required<TableTextOptions> & { isSorted: boolean },
): Steps<string> {
  const least = columnChoices(table, args).at(-1) ?? []
  const writer = rowWriter(table, least, events, LONGEST_CELL)
  const head = estimateTokens([...facts, writer.heading].join('\n'))
  const room = Math.max(0, maxTokens - head - LAST_LINE)
  const counts = countsText(table.counts ?? (yield* unaskedCounts(table)), room * COUNTS_SHARE)
  const left = room - estimateTokens(counts.join('\n'))
  const buckets = isSorted || events ? [] : yield* bucketSteps(table)
  const taken = isSorted
    ? take(table.rows.keys(), left, writer.line)
    : events
      ? takeEvents(events, left, writer.line)
      : yield* takeRows(buckets, left, writer.line)
  const last = lastLine(table, taken.indexes, events, { buckets, isSorted, args, canCount })
  return [...facts, ...counts, writer.heading, ...taken.lines, last].join('\n')
}

interface Taken {
  lines: string[]
  indexes: number[]
  tokens: number
}

type WriteLine = (index: number) => string

/** Rows from the front while there is room. Of thousands only a few dozen fit; the others are never formatted. */
function take(indexes: Iterable<number>, room: number, write: WriteLine): Taken {
  const taken: Taken = { lines: [], indexes: [], tokens: 0 }
  for (const index of indexes) {
    const line = write(index)
    const tokens = estimateTokens(line) + 1
    if (taken.tokens + tokens > room) break
    taken.lines.push(line)
    taken.indexes.push(index)
    taken.tokens += tokens
  }
  return taken
}

/** All bad rows while there is room, then some waiting and healthy ones. */
function* takeRows(byVerdict: readonly Bucket[], room: number, write: WriteLine): Steps<Taken> {
  const all: Taken = { lines: [], indexes: [], tokens: 0 }
  for (const [place, { verdict, size, inOrder }] of byVerdict.entries()) {
    const left = room - all.tokens
    const isShared = verdict !== 'bad' && place < byVerdict.length - 1
    const part = take(yield* inOrder(), isShared ? left * WAITING_SHARE : left, write)
    all.lines.push(...part.lines)
    all.indexes.push(...part.indexes)
    all.tokens += part.tokens
    // A shorter healthy row must not take the place of a bad one.
    if (verdict === 'bad' && part.indexes.length < size) break
  }
  return all
}

function takeEvents(events: EventOrder, room: number, write: WriteLine): Taken {
  const taken = take(events.order, room, write)
  const places = taken.indexes.map((index, place) => ({ index, line: taken.lines[place] ?? '' }))
  places.sort((one, other) => events.compare(one.index, other.index))
  return { ...taken, indexes: places.map(({ index }) => index), lines: places.map(({ line }) => line) }
}

/** Counts by namespace and status, unless the tool has counted. */
function* unaskedCounts(table: TableLike): Steps<Counts[]> {
  const by = isEvents(table.columns)
    ? ['REASON']
    : ['NAMESPACE', 'STATUS'].filter((name) => table.columns.includes(name))
  const counts = by.length > 0 ? yield* countRowSteps(table, by.join(',').toLowerCase()) : undefined
  return counts ? [counts] : []
}

function eventTypes({ rows }: TableLike, { isWarning }: EventOrder): string {
  const warnings = rows.reduce((sum, _, index) => sum + Number(isWarning(index)), 0)
  return `${grouped(warnings)} Warning, ${grouped(rows.length - warnings)} Normal`
}
