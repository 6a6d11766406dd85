/** Figures of a report. */
import type { Cause, EvaluationReport, RunResult } from '../run/result'

export interface Summary {
  passed: number
  of: number
  /** Mean share of passed runs, over the tasks. */
  passAt1: number
  tokensRead: number
  tokensWritten: number
  steps: number
  seconds: number
}

export interface TaskSummary extends Summary {
  task: string
  group: string
}

export function summaryOf(results: readonly RunResult[]): Summary {
  const tasks = [...byTask(results).values()]
  return {
    passed: results.filter(({ passed }) => passed).length,
    of: results.length,
    passAt1: mean(tasks.map((runs) => mean(runs.map(({ passed }) => (passed ? 1 : 0))))),
    tokensRead: mean(results.map(({ tokensRead }) => tokensRead)),
    tokensWritten: mean(results.map(({ tokensWritten }) => tokensWritten)),
    steps: mean(results.map(({ steps }) => steps)),
    seconds: mean(results.map(({ seconds }) => seconds)),
  }
}

export function taskSummaries(results: readonly RunResult[]): TaskSummary[] {
  return [...byTask(results)].map(([task, runs]) => ({ task, group: runs[0]?.group ?? '', ...summaryOf(runs) }))
}

/** @returns the number of failed runs by cause, largest first */
export function failuresByCause({ results }: EvaluationReport): [Cause, number][] {
  const counts = new Map<Cause, number>()
  for (const { cause } of results) if (cause) counts.set(cause, (counts.get(cause) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)
}

function byTask(results: readonly RunResult[]): Map<string, RunResult[]> {
  return Map.groupBy(results, ({ task }) => task)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
