/** Changes for the model: newest first, with manager, fields and the failure that followed. */
import type { ChangedField, ChangesResult, PastChange } from '../changes/what-changed'
import { firstThatFits } from './steps'

/** How much is kept, from most to least; the first step that fits is used. */
const STEPS = [
  { changes: 20, fields: 4, width: 160 },
  { changes: 12, fields: 3, width: 120 },
  { changes: 8, fields: 2, width: 100 },
  { changes: 5, fields: 2, width: 80 },
  { changes: 3, fields: 1, width: 80 },
  { changes: 1, fields: 1, width: 60 },
] as const

type Step = (typeof STEPS)[number]

export function changesText(result: ChangesResult, limits: { maxTokens: number }): string {
  return firstThatFits(STEPS, limits, (step) => withStep(result, step))
}

/** Changes that a failure followed come before others where not all fit. */
function withStep({ summary, changes, total, coverage }: ChangesResult, step: Step): string {
  const important = [...changes].sort((one, other) => Number(!one.failure) - Number(!other.failure))
  const kept = new Set(important.slice(0, step.changes))
  const left = total - kept.size
  return [
    cut(summary.text, 240),
    ...(coverage?.notes ?? []).map(({ text }) => cut(text, step.width)),
    ...changes.filter((change) => kept.has(change)).flatMap((change) => changeLines(change, step)),
    ...(left > 0 ? [`${left} more changes are left out; the page shows them.`] : []),
  ].join('\n')
}

function changeLines(
  { at, object, what, manager, person, fields, moreFields, failure }: PastChange,
  step: Step,
): string[] {
  const where = object.namespace === undefined ? '' : ` in ${object.namespace}`
  const by = [manager?.text, person && `user ${person}`].filter(Boolean).join(', ')
  const more = Math.max(0, fields.length - step.fields) + moreFields
  const listed = fields.slice(0, step.fields).map(fieldText).join('; ')
  const diff = listed === '' ? '' : `: ${cut(listed, step.width * 2)}${more > 0 ? `; ${more} more` : ''}`
  return [
    `${at} ${object.kind} ${object.name}${where}${by === '' ? '' : ` by ${by}`}: ${cut(what.text, step.width)}${diff}`,
    ...(failure
      ? [
          `   then${failure.at === undefined ? '' : ` ${failure.at}`}: ${failure.object.kind} ${failure.object.name}: ${cut(failure.state.text, step.width)}${failure.others > 0 ? ` (${failure.others} more failures)` : ''}`,
        ]
      : []),
  ]
}

function fieldText({ path, before, after }: ChangedField): string {
  if (before === undefined) return after === undefined ? path : `${path} = ${after}`
  return after === undefined ? `${path} removed, was ${before}` : `${path} ${before} → ${after}`
}

function cut(text: string, width: number): string {
  const line = text.replace(/\s*\n\s*/g, ' ')
  return line.length <= width ? line : `${line.slice(0, width - 1).replace(/[\ud800-\udbff]$/, '')}…`
}
