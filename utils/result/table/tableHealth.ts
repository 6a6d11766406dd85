/** Finds rows that need attention by the server's verdicts or, for tables of other MCP servers, by their columns. */
import type { TableResult, Verdict } from '#shared/result'
import { rowReader } from '#shared/kubernetes/health/table/row-health'
import { compareVerdicts } from '#shared/kubernetes/health/health'
import { messageFrom, type Message } from '#shared/messages/message'
import type { Tone } from './cellTone'
import { eventSpans, type Span } from './eventSpans'
import type { Row } from './tableView'

export interface HealthTable {
  columns: string[]
  rows: readonly Row[]
  verdicts: ReadonlyMap<Row, Verdict>
  /** When an event began and was last seen; empty for other kinds. */
  spans: ReadonlyMap<Row, Span>
  /** Index of the added reason column, the last one; absent without reasons. */
  reasonColumn?: number
  /** Index of the column whose colour shows the verdict. */
  toneColumn: number
}

/** The first existing one shows the verdict. */
const STATE_COLUMNS = ['STATUS', 'PHASE', 'STATE', 'HEALTH', 'READY', 'AVAILABLE', 'COMPLETIONS', 'TARGETS', 'NAME']
const EVENT_STATE_COLUMNS = ['REASON']

/** Events have a type and a reason instead of a state. */
export function isEvents(columns: readonly string[]): boolean {
  return columns.includes('REASON') && columns.includes('TYPE')
}

/**
 * @param reasonHeading of the column added for reasons
 * @param say renders a reason in the page's language
 * @param now in milliseconds since the epoch
 */
export function healthTable(
  result: TableResult,
  reasonHeading: string,
  say: (reason: Message) => string,
  now: number,
): HealthTable {
  const verdicts = result.verdicts ?? verdictsByColumns(result, now)
  const { reasons = {}, localizedReasons } = result
  const hasReasons = Object.values(reasons).some((reason) => reason !== '')
  const rows: Row[] = result.rows.map((row, index) => {
    const reason = reasons[index] ?? ''
    return hasReasons ? [...row, reason && say(messageFrom(reason, localizedReasons?.[index]))] : row
  })
  const byRow = new Map(rows.flatMap((row, index) => (verdicts?.[index] ? [[row, verdicts[index]]] : [])))
  const states = isEvents(result.columns) ? EVENT_STATE_COLUMNS : STATE_COLUMNS
  const toneColumn = states.map((name) => result.columns.indexOf(name)).find((index) => index >= 0) ?? 0
  return {
    columns: hasReasons ? [...result.columns, reasonHeading] : result.columns,
    rows: problemsFirst(rows, byRow),
    verdicts: byRow,
    spans: spansByRow(result, rows),
    ...(hasReasons && { reasonColumn: result.columns.length }),
    toneColumn,
  }
}

function spansByRow(result: TableResult, rows: readonly Row[]): ReadonlyMap<Row, Span> {
  if (!isEvents(result.columns)) return new Map()
  const spans = eventSpans(result)
  return new Map(rows.flatMap((row, index) => (spans[index] ? [[row, spans[index]]] : [])))
}

/** Rows that need attention or are still progressing. */
export function isProblem(row: Row, { verdicts }: Pick<HealthTable, 'verdicts'>): boolean {
  const verdict = verdicts.get(row)
  return verdict === 'bad' || verdict === 'waiting'
}

/**
 * Ranks rows for sorting by a column of states: from the worst.
 * @returns undefined for other columns
 */
export function severityBy({ columns, verdicts, toneColumn }: HealthTable, column: number) {
  const heading = columns[column] ?? ''
  const isState = column === toneColumn && !NAMES.has(heading)
  if (verdicts.size === 0 || !(isState || (heading === 'TYPE' && isEvents(columns)))) return undefined
  return (row: Row) => compareVerdicts(verdicts.get(row) ?? 'unknown', 'bad')
}
const NAMES = new Set(['NAME', 'OBJECT', 'POD'])

/** Stable: rows with equal verdicts keep the server's order. Healthy and unknown rows count as equal. */
function problemsFirst(rows: readonly Row[], verdicts: ReadonlyMap<Row, Verdict>): readonly Row[] {
  const of = (row: Row): Verdict => {
    const verdict = verdicts.get(row)
    return verdict === 'bad' || verdict === 'waiting' ? verdict : 'ok'
  }
  if (rows.every((row) => of(row) === 'ok')) return rows
  return [...rows].sort((one, other) => compareVerdicts(of(one), of(other)))
}

function verdictsByColumns({ columns, rows }: TableResult, now: number): Verdict[] | undefined {
  if (isEvents(columns)) return undefined
  const read = rowReader(columns)
  const verdicts = rows.map((row) => read(row, { now }).verdict)
  return verdicts.every((verdict) => verdict === 'unknown') ? undefined : verdicts
}

const TONES: Record<Verdict, Tone | undefined> = { bad: 'bad', waiting: 'warn', ok: 'ok', unknown: undefined }

export function verdictTone(verdict: Verdict): Tone | undefined {
  return TONES[verdict]
}
