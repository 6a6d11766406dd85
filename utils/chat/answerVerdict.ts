/** What the cluster's own data says about the objects of an answer, before any word of the model. */
import type { ResultPart, TableResult } from '#shared/result'
import { messageFrom, type Message } from '#shared/messages/message'
import { cellObject, type ObjectRef } from '../object/objectRef'
import type { Row } from '../result/table/tableView'

export type VerdictState = 'bad' | 'waiting' | 'ok' | 'unknown'

/** The summary of a diagnosis, in its own words. */
export interface SummaryLine {
  state: VerdictState
  summary: Message
}

export interface CountLine {
  /** `pods`, `deployments.apps`: the API's own plural. */
  plural: string
  bad: number
  waiting: number
  /** Rows in the result. */
  seen: number
  /** All that match, as far as known. */
  total: number
  /** The worst rows, most urgent first. */
  worst: { name: string; reason?: Message; object?: ObjectRef }[]
  /** False if not all of `total` were read or are in the result. */
  isComplete: boolean
}

/** Rows that are named in the line. */
const NAMED = 2

/** Whether a table has rows that need attention. */
export function hasProblems(result: ResultPart | undefined): boolean {
  return result?.kind === 'table' && (tableVerdict(result)?.bad ?? 0) > 0
}

/** A diagnosis says it all; otherwise one line for each kind with known health, by its newest read: kinds with problems first, in the order of the alphabet. */
export function verdictLines(results: readonly ResultPart[]): (SummaryLine | CountLine)[] {
  const diagnosis = results.findLast((result) => result.kind === 'findings')
  if (diagnosis) return [{ state: diagnosis.verdict, summary: diagnosis.summary }]
  const lines = new Map<string, CountLine>()
  for (const result of results) {
    const line = result.kind === 'table' ? tableVerdict(result) : undefined
    if (line) lines.set(line.plural, line)
  }
  return [...lines.values()].sort(
    (one, other) => Number(other.bad > 0) - Number(one.bad > 0) || one.plural.localeCompare(other.plural),
  )
}

function tableVerdict(result: TableResult): CountLine | undefined {
  const { verdicts, rows, columns, resource, coverage, reasons = {}, localizedReasons } = result
  // Events report what happened, not how an object is.
  if (!verdicts || !resource || resource.kind === 'Event' || rows.length === 0) return undefined
  const of = (verdict: string) => rows.flatMap((_, index) => (verdicts[index] === verdict ? [index] : []))
  const [bad, waiting] = [of('bad'), of('waiting')]
  if (bad.length + waiting.length + of('ok').length === 0) return undefined
  const worst = [...bad, ...waiting].slice(0, NAMED).map((index) => {
    const [reason, row] = [reasons[index], rows[index] ?? []]
    const object = cellObject(result, columns, row, columns.indexOf('NAME'))
    return {
      name: nameOf(columns, row),
      ...(object && { object }),
      ...(reason && { reason: messageFrom(reason, localizedReasons?.[index]) }),
    }
  })
  const total = Math.max(coverage?.total ?? 0, rows.length)
  const isComplete = coverage?.complete !== false && total === rows.length
  return {
    plural: resource.plural,
    bad: bad.length,
    waiting: waiting.length,
    seen: rows.length,
    total,
    worst,
    isComplete,
  }
}

function nameOf(columns: readonly string[], row: Row): string {
  const [namespace, name] = ['NAMESPACE', 'NAME'].map((heading) => row[columns.indexOf(heading)])
  return [namespace, name ?? row[0]].filter(Boolean).join('/')
}
