/** Compares two reports, task by task. */
import type { EvaluationReport } from '../run/result'
import { percent, table } from './markdown'
import { summaryOf, taskSummaries } from './summary'
import type { Summary } from './summary'

/** Tasks that only one of the reports has are listed apart and do not count. */
export function comparison(before: EvaluationReport, after: EvaluationReport): string {
  const inBoth = common(before, after)
  const [one, other] = [before, after].map(({ results }) => results.filter(({ task }) => inBoth.has(task)))
  const [first, second] = [summaryOf(one ?? []), summaryOf(other ?? [])]
  const old = new Map(taskSummaries(one ?? []).map((each) => [each.task, each]))
  const changed = taskSummaries(other ?? []).flatMap((now) => {
    const then = old.get(now.task)
    return then && then.passAt1 !== now.passAt1 ? [[now.task, percent(then.passAt1), percent(now.passAt1)]] : []
  })
  const alone = [...before.results, ...after.results].filter(({ task }) => !inBoth.has(task)).map(({ task }) => task)
  return [
    `# ${before.model} (${before.at.slice(0, 16)}) and ${after.model} (${after.at.slice(0, 16)})`,
    table(['', 'first', 'second'], rows(first, second)),
    ...(changed.length > 0 ? ['## Tasks with another result', table(['task', 'first', 'second'], changed)] : []),
    ...(alone.length > 0 ? [`Only in one of the reports: ${[...new Set(alone)].join(', ')}.`] : []),
    '',
  ].join('\n\n')
}

function common(before: EvaluationReport, after: EvaluationReport): Set<string> {
  const others = new Set(after.results.map(({ task }) => task))
  return new Set(before.results.map(({ task }) => task).filter((task) => others.has(task)))
}

function rows(first: Summary, second: Summary): string[][] {
  return [
    ['pass@1', percent(first.passAt1), percent(second.passAt1)],
    ['passed runs', `${first.passed}/${first.of}`, `${second.passed}/${second.of}`],
    ...(['tokensRead', 'tokensWritten', 'steps', 'seconds'] as const).map((key) => [
      NAMES[key],
      ...[first, second].map((summary) => String(Math.round(summary[key] * 10) / 10)),
    ]),
  ]
}

const NAMES = {
  tokensRead: 'tokens read a run',
  tokensWritten: 'tokens written a run',
  steps: 'steps a run',
  seconds: 'seconds a run',
}
