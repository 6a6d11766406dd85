/** Figures of an evaluation, its report, and the comparison of two. */
import { describe, expect, it } from 'vitest'
import { comparison } from '../../../../packages/eval/src/report/compare'
import { markdownReport } from '../../../../packages/eval/src/report/markdown'
import { failuresByCause, summaryOf } from '../../../../packages/eval/src/report/summary'
import type { EvaluationReport, RunResult } from '../../../../packages/eval/src/run/result'

function result(task: string, run: number, passed: boolean): RunResult {
  return {
    ...{ task, group: task.split('/')[0] ?? '', run, passed, problems: passed ? [] : ['the answer lacks "web"'] },
    ...(!passed && { cause: 'model-wrong-answer' }),
    ...{ steps: 2, calls: ['kubectl_get'], tokensRead: 1000, tokensWritten: 50, seconds: 4, answer: 'None.' },
  }
}

function report(results: RunResult[]): EvaluationReport {
  const about = { model: 'm', at: '2026-11-29T10:00:00.000Z', version: '0.1.0', cluster: 'kind', runs: 2, short: false }
  return { ...about, skipped: [{ id: 'read/nodes', reason: 'needs a control plane' }], results }
}

const first = report([
  result('read/a', 1, true),
  result('read/a', 2, false),
  result('read/b', 1, true),
  result('read/b', 2, true),
])

describe('the figures', () => {
  it('weigh every task alike', () => {
    expect(summaryOf(first.results)).toMatchObject({ passAt1: 0.75, passed: 3, of: 4, tokensRead: 1000 })
    expect(summaryOf([...first.results, result('read/b', 3, true)]).passAt1).toBe(0.75)
  })

  it('count failures by cause', () => {
    expect(failuresByCause(first)).toEqual([['model-wrong-answer', 1]])
  })
})

describe('the report', () => {
  it('names tasks, failed runs with their problems, and skipped tasks', () => {
    const text = markdownReport(first)
    expect(text).toContain('| read/a | 50 % | 1/2 | 1000 | 50 | 2.0 | 4.0 |')
    expect(text).toContain('### read/a, run 2: model-wrong-answer\n- the answer lacks "web"')
    expect(text).toContain('- read/nodes: needs a control plane')
  })
})

describe('a comparison', () => {
  it('lists the tasks with another result, and those of one report apart', () => {
    const second = report([result('read/a', 1, true), result('read/b', 1, true), result('read/c', 1, false)])
    const text = comparison(first, second)
    expect(text).toContain('| pass@1 | 75 % | 100 % |')
    expect(text).toContain('| read/a | 50 % | 100 % |')
    expect(text).toContain('Only in one of the reports: read/c.')
  })
})
