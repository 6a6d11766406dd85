/** Findings for the model: verdict, then causes with evidence and next step, the most important first. */
import type { Evidence, Finding, FindingsResult } from '../findings'
import { firstThatFits } from './steps'

/** How much of each finding is kept, from most to least; the largest step that fits is used. */
const STEPS = [
  { findings: 8, evidence: 4, chain: 4, width: 200, runbook: 600 },
  { findings: 6, evidence: 3, chain: 3, width: 160, runbook: 300 },
  { findings: 4, evidence: 2, chain: 2, width: 140, runbook: 0 },
  { findings: 3, evidence: 2, chain: 2, width: 120, runbook: 0 },
  { findings: 3, evidence: 1, chain: 1, width: 100, runbook: 0 },
  { findings: 1, evidence: 1, chain: 1, width: 80, runbook: 0 },
] as const

type Step = (typeof STEPS)[number]

export function findingsText(result: FindingsResult, limits: { maxTokens: number }): string {
  return firstThatFits(STEPS, limits, (step) => withStep(result, step))
}

function withStep({ summary, findings, total, coverage }: FindingsResult, step: Step): string {
  const shown = findings.slice(0, step.findings)
  const notes = (coverage?.notes ?? []).map(({ text }) => cut(text, step.width))
  const left = total - shown.length
  return [
    `Verdict: ${cut(summary.text, 240)}`,
    ...notes,
    ...shown.flatMap((finding, index) => findingLines(finding, index + 1, step)),
    ...(left > 0 ? [`${left} more less important findings are left out; the page shows them.`] : []),
  ].join('\n')
}

function findingLines(finding: Finding, number: number, step: Step): string[] {
  const { object, objects, severity, certainty, cause, evidence, chain, next, runbook, managedBy } = finding
  const where = object.namespace === undefined ? '' : ` in ${object.namespace}`
  const others = objects > 1 ? ` and ${objects - 1} more` : ''
  const sure = certainty === 'certain' ? '' : `, ${certainty}`
  const breaks = chain
    .slice(0, step.chain)
    .map((each) => `${each.object.kind} ${each.object.name} (${each.state.text})`)
  return [
    `${number}. ${object.kind} ${object.name}${where}${others} [${severity}${sure}]: ${cut(cause.text, step.width)}`,
    ...evidence.slice(0, step.evidence).map((each) => `   ${each.source}: ${cut(evidenceText(each), step.width)}`),
    ...(breaks.length > 0 ? [`   breaks: ${cut(breaks.join('; '), step.width * 2)}`] : []),
    `   next: ${cut(next.text, step.width)}`,
    ...(managedBy
      ? [
          `   managed by ${cut([managedBy.manager.text, managedBy.place?.text].filter(Boolean).join(', change it in '), step.width)}`,
        ]
      : []),
    ...(runbook && step.runbook > 0 ? [`   runbook ${runbook.title}: ${cut(runbook.text, step.runbook)}`] : []),
  ]
}

function evidenceText({ about, text, count }: Evidence): string {
  return `${about === undefined ? '' : `${about}: `}${text.text}${count === undefined ? '' : ` (${count} times)`}`
}

function cut(text: string, width: number): string {
  const line = text.replace(/\s*\n\s*/g, ' ')
  return line.length <= width ? line : `${line.slice(0, width - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
