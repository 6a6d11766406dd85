/** `status.conditions` as in the API conventions: positive ones must be True, negative ones must not. */
import type { KubeObject } from '../object'
import type { Health } from './health'
import { ageOf, bad, explain, NEW_OBJECT, ok, READY_DEADLINE, secondsSince, unknown, waiting } from './health'
import { state } from './state'
import { listAt, numberAt, textAt, timeAt } from '../fields'

export interface Condition {
  type: string
  status: string
  reason?: string | undefined
  message?: string | undefined
  /** Milliseconds since the epoch. */
  since?: number | undefined
  observedGeneration?: number | undefined
}

/** Summary conditions, which always count. */
const SUMMARY = new Set(['Ready', 'Available', 'Synced', 'Healthy', 'Established'])
/** Conditions that count only without a summary: parts, and other conventions. */
const PARTS = /(?:Ready|Healthy|Synced|Established|Accepted|Programmed|Reconciled|Succeeded|Valid)$/
const NEGATIVE =
  /(?:^Stalled|^Degraded|^Denied|Pressure|Failures?|Failed|Errors?|Unavailable|Unhealthy|Invalid|Deadlock|ReadonlyFilesystem|Stuck)$/
const NEGATED = /^(?:Not?|Non|Without)[A-Z]/
const ONGOING = /^(?:Reconciling|Progressing|Issuing|Updating|Upgrading|Creating|Deploying)$/

export function conditionsOf(object: KubeObject): Condition[] {
  return listAt(object, 'status', 'conditions').flatMap((entry) => {
    const type = textAt(entry, 'type')
    if (type === undefined) return []
    return {
      type,
      status: textAt(entry, 'status') ?? 'Unknown',
      reason: textAt(entry, 'reason'),
      message: textAt(entry, 'message'),
      since: timeAt(entry, 'lastTransitionTime') ?? timeAt(entry, 'lastUpdateTime'),
      observedGeneration: numberAt(entry, 'observedGeneration'),
    }
  })
}

export function condition(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((one) => one.type === type)
}

/** Reason and message, or else the condition's name. */
export function explainCondition(one: Condition): string {
  return explain(one.reason, one.message, one.status === 'True' ? one.type : `${one.type} ${one.status}`)
}

/** True for conditions that report a problem when True, such as `Stalled` or `DiskPressure`. */
export function isNegative(type: string): boolean {
  return NEGATED.test(type) ? PARTS.test(type) : NEGATIVE.test(type)
}

/** True if the controller has not yet observed the newest spec. */
export function isOldGeneration(object: KubeObject): boolean {
  const generation = numberAt(object, 'metadata', 'generation')
  const observed = numberAt(object, 'status', 'observedGeneration')
  return generation !== undefined && observed !== undefined && observed < generation
}

/** Health of an unknown kind from its conditions alone; unknown if they are inconclusive. */
export function conditionsHealth(object: KubeObject, now: number): Health {
  const conditions = conditionsOf(object)
  const problem = conditions.find((one) => one.status === 'True' && isNegative(one.type))
  if (problem) return bad(explainCondition(problem))
  const summaries = conditions.filter((one) => SUMMARY.has(one.type))
  const decisive =
    summaries.length > 0 ? summaries : conditions.filter((one) => PARTS.test(one.type) && !NEGATED.test(one.type))

  const failing = decisive.find((one) => one.status === 'False')
  const ongoing = conditions.find((one) => ONGOING.test(one.type) && one.status === 'True')
  if (failing) {
    const age = ageOf(object, now)
    const ongoingFor = secondsSince(ongoing?.since, now)
    const isNew = age !== undefined && age < NEW_OBJECT
    const isInTime = ongoingFor !== undefined && ongoingFor < READY_DEADLINE
    return isNew || isInTime ? waiting(explainCondition(failing)) : bad(explainCondition(failing))
  }
  const undecided = decisive.find((one) => one.status === 'Unknown')
  if (undecided)
    return waiting(
      explain(undecided.reason ?? ongoing?.reason, undecided.message, ongoing?.type ?? `${undecided.type} Unknown`),
    )
  const generation = numberAt(object, 'metadata', 'generation')
  const isBehind =
    isOldGeneration(object) ||
    decisive.some(
      (one) => one.observedGeneration !== undefined && generation !== undefined && one.observedGeneration < generation,
    )
  if (isBehind) return waiting(state('state-behind'))
  if (decisive.length > 0) return ok()
  if (ongoing) return waiting(explainCondition(ongoing))
  return unknown(state('state-no-known-status'))
}
