/** Causes as the findings of a result. */
import type { Evidence, Finding } from '../../shared/findings'
import type { Cause } from './chains/causes'
import { severityOf } from './chains/rank'
import { findingObject, keyOf, nameOf } from './ref'

/** Findings in one result; the rest is counted. */
export const MOST_FINDINGS = 20
const MOST_EVIDENCE = 6
const MOST_EFFECTS = 6

export function findingOf(cause: Cause): Finding {
  const { trouble } = cause
  const { check, found, objects } = trouble
  return {
    check: check.id,
    severity: severityOf(cause) === 0 ? 'critical' : 'warning',
    certainty: found.certainty,
    object: findingObject(found.object),
    objects: objects.length,
    cause: found.cause,
    evidence: evidenceOf(cause),
    next: found.next,
    reference: check.reference,
    chain: chainOf(cause),
  }
}

/** Its own, then that of the effects on the same object: a crash has the log. */
function evidenceOf({ trouble, effects }: Cause): Evidence[] {
  const own = new Set(trouble.objects.map(keyOf))
  const near = effects.filter(({ objects }) => objects.some((each) => own.has(keyOf(each))))
  const far = effects.filter((each) => !near.includes(each))
  const ownEvidence = [...trouble.found.evidence, ...near.flatMap(({ found }) => found.evidence)]
  if (ownEvidence.length > 1) return distinct(ownEvidence)
  return distinct([
    ...ownEvidence,
    // An effect on another object names it.
    ...far.flatMap(({ found }) =>
      found.evidence.slice(0, 1).map((each) => ({ ...each, about: each.about ?? nameOf(found.object) })),
    ),
  ])
}

function distinct(evidence: Evidence[]): Evidence[] {
  return [...new Map(evidence.map((each) => [each.text.text, each])).values()].slice(0, MOST_EVIDENCE)
}

function chainOf({ trouble, effects }: Cause): Finding['chain'] {
  const own = new Set(trouble.objects.map(keyOf))
  return effects
    .filter(({ objects }) => !objects.some((each) => own.has(keyOf(each))))
    .slice(0, MOST_EFFECTS)
    .map(({ found }) => ({ object: findingObject(found.object), state: found.cause }))
}
