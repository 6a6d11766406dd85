/** The order of findings: an outage before a warning, what breaks more before what breaks less. */
import type { Cause } from './causes'

const SEVERITY = { critical: 0, warning: 1 }
const CERTAINTY = { certain: 0, likely: 1, possible: 2 }

export function ranked(causes: readonly Cause[]): Cause[] {
  return [...causes].sort(
    (one, other) =>
      severityOf(one) - severityOf(other) ||
      CERTAINTY[one.trouble.found.certainty] - CERTAINTY[other.trouble.found.certainty] ||
      other.effects.length - one.effects.length ||
      other.trouble.objects.length - one.trouble.objects.length ||
      one.trouble.found.object.name.localeCompare(other.trouble.found.object.name),
  )
}

/** That of its worst effect. */
export function severityOf({ trouble, effects }: Cause): number {
  return Math.min(...[trouble, ...effects].map(({ found }) => SEVERITY[found.severity]))
}
