/** A report as Markdown. */
import type { EvaluationReport, RunResult } from '../run/result'
import { failuresByCause, summaryOf, taskSummaries } from './summary'
import type { Summary } from './summary'

const FIGURES = ['pass@1', 'runs', 'tokens read', 'tokens written', 'steps', 'seconds']

export function markdownReport(report: EvaluationReport): string {
  const { model, at, version, cluster, runs, short, results, skipped } = report
  const groups = [...Map.groupBy(results, ({ group }) => group)]
  return [
    `# Evaluation of ${model}`,
    `${at.slice(0, 16).replace('T', ' ')} UTC, assistant ${version}, ${cluster}, ${short ? 'the short form, ' : ''}${runs} ${runs === 1 ? 'run' : 'runs'} of each task. Tokens, steps and seconds are means of a run.`,
    table(
      ['group', ...FIGURES],
      [
        ...groups.map(([group, own]) => [group, ...figures(summaryOf(own))]),
        ['**all**', ...figures(summaryOf(results))],
      ],
    ),
    '## Failures by cause',
    failuresByCause(report).length === 0
      ? 'None.'
      : table(
          ['cause', 'runs'],
          failuresByCause(report).map(([cause, count]) => [cause, String(count)]),
        ),
    '## Tasks',
    table(
      ['task', ...FIGURES],
      taskSummaries(results).map(({ task, ...summary }) => [task, ...figures(summary)]),
    ),
    ...section('## Failed runs', results.filter(({ passed }) => !passed).map(failedRun)),
    ...section(
      '## Skipped',
      skipped.map(({ id, reason }) => `- ${id}: ${reason}`),
    ),
    '',
  ].join('\n\n')
}

/** `62.5 %` */
export function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function figures({ passAt1, passed, of, tokensRead, tokensWritten, steps, seconds }: Summary): string[] {
  const whole = [tokensRead, tokensWritten].map((value) => String(Math.round(value)))
  return [percent(passAt1), `${passed}/${of}`, ...whole, steps.toFixed(1), seconds.toFixed(1)]
}

function failedRun({ task, run, cause, problems, calls, answer }: RunResult): string {
  const about = [`### ${task}, run ${run}: ${cause ?? 'failed'}`, ...problems.map((problem) => `- ${problem}`)]
  return [
    ...about,
    `- calls: ${calls.join(', ') || 'none'}`,
    '',
    '> ' + (answer || '(no answer)').replaceAll('\n', '\n> '),
  ].join('\n')
}

function section(title: string, parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : [title, parts.join(parts[0]?.startsWith('###') ? '\n\n' : '\n')]
}
