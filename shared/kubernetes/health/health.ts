/** Health verdicts, and the deadlines between `waiting` and `bad`. */
import type { Message } from '../../messages/message'
import type { Verdict } from '../../result'
import type { KubeObject } from '../object'
import { formatAge } from '../durations'
import { ownerKey } from './related'
import type { Related } from './related'
import { clusterWords, state } from './state'
import { listAt, textAt, timeAt } from '../fields'

export interface Health {
  verdict: Verdict
  /** A few words; absent if the verdict is ok. */
  reason?: Message
  /** Remarks about a healthy object: `paused`, `cordoned`, `suspended`. */
  notes: Message[]
}

export interface HealthContext {
  /** Milliseconds since the epoch. */
  now: number
  /** Facts from other objects; a verdict that needs them is never bad without them. */
  related?: Related | undefined
}

export type HealthOf = (object: KubeObject, context: HealthContext) => Health

/** Seconds for a start, as a Deployment's default `progressDeadlineSeconds`. */
export const START_DEADLINE = 600
/** Seconds for a running object to become ready, and for counts to reach their target. */
export const READY_DEADLINE = 300
/** Seconds in which a condition of a new object may be False. */
export const NEW_OBJECT = 120
/** Seconds for a deletion without a grace period. */
export const DELETE_DEADLINE = 60

const ORDER: Record<Verdict, number> = { bad: 0, waiting: 1, unknown: 2, ok: 3 }

/** Sorts bad first, then waiting, unknown, ok. */
export function compareVerdicts(one: Verdict, other: Verdict): number {
  return ORDER[one] - ORDER[other]
}

/** Our words, or the cluster's, which are not translated. */
export type Words = string | Message

function reasonOf(words: Words): Message {
  return typeof words === 'string' ? clusterWords(words) : words
}

export function ok(...notes: Message[]): Health {
  return { verdict: 'ok', notes }
}

export function bad(reason: Words, ...notes: Message[]): Health {
  return { verdict: 'bad', reason: reasonOf(reason), notes }
}

export function waiting(reason: Words, ...notes: Message[]): Health {
  return { verdict: 'waiting', reason: reasonOf(reason), notes }
}

export function unknown(reason: Words, ...notes: Message[]): Health {
  return { verdict: 'unknown', reason: reasonOf(reason), notes }
}

/** Waiting until the deadline, then bad. In seconds; an unknown time exceeds it. */
export function byDeadline(seconds: number | undefined, deadline: number, reason: Words, ...notes: Message[]): Health {
  return seconds !== undefined && seconds < deadline ? waiting(reason, ...notes) : bad(reason, ...notes)
}

/** `Pending for 25m`; without the time if it is unknown. */
export function forHowLong(what: Words, seconds: number | undefined): Words {
  return seconds === undefined ? what : state('state-for', { state: what, age: formatAge(seconds) })
}

/** `Pending: no volume fits`; without the detail if there is none. */
export function withDetail(what: Words, detail: Words | undefined): Words {
  return detail === undefined ? what : state('state-detail', { state: what, detail })
}

/** A message on one line, at most 200 characters. */
export function shorten(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim()
  return line.length > 200 ? `${line.slice(0, 199).replace(/[\ud800-\udbff]$/, '')}…` : line
}

/** `Reason: message`, or the one that exists, or the fallback. */
export function explain(reason: string | undefined, message: string | undefined, fallback: string): string {
  const short = shorten(message ?? '')
  if (short === '') return reason ?? fallback
  return `${reason ?? fallback}: ${short}`
}

/** Seconds since a time in milliseconds. */
export function secondsSince(time: number | undefined, now: number): number | undefined {
  return time === undefined ? undefined : (now - time) / 1000
}

/** Seconds since an object was created. */
export function ageOf(object: KubeObject, now: number): number | undefined {
  return secondsSince(timeAt(object, 'metadata', 'creationTimestamp'), now)
}

/**
 * Seconds since the spec last changed according to the managed fields, or else the object's age. Status changes do not
 * count: every pod causes them.
 */
export function sinceChange(object: KubeObject, { now, related }: HealthContext): number | undefined {
  const entries = writesOf(object)
  const ofSpec = entries.filter(({ subresource }) => subresource !== 'status')
  const times = [timeAt(object, 'metadata', 'creationTimestamp'), ...ofSpec.map(({ time }) => time)]
  // A scaling creates pods and changes the status at once. The pods tell more: a failing one changes the status later too.
  if (isScaledAtUnknownTime(object)) {
    const status = entries.find(({ subresource }) => subresource === 'status')
    times.push(related?.youngestPods?.get(ownerKey(object)) ?? status?.time)
  }
  const known = times.filter((time) => time !== undefined)
  return secondsSince(known.length === 0 ? undefined : Math.max(...known), now)
}

/** The API server sets no time for a write of the subresource `scale`. */
export function isScaledAtUnknownTime(object: KubeObject): boolean {
  return writesOf(object).some(({ subresource, time }) => subresource === 'scale' && time === undefined)
}

/** The writes that `sinceChange` reads, without what they wrote. */
export function slimWrites(object: KubeObject): { subresource?: string; time?: string }[] {
  return listAt(object, 'metadata', 'managedFields').map((entry) => {
    const [subresource, time] = [textAt(entry, 'subresource'), textAt(entry, 'time')]
    return { ...(subresource !== undefined && { subresource }), ...(time !== undefined && { time }) }
  })
}

function writesOf(object: KubeObject): { subresource: string | undefined; time: number | undefined }[] {
  return listAt(object, 'metadata', 'managedFields').map((entry) => ({
    subresource: textAt(entry, 'subresource'),
    time: timeAt(entry, 'time'),
  }))
}

/** The worse of two verdicts; a known one beats an unknown one. Keeps notes of both. */
export function combine(one: Health, other: Health): Health {
  const rank = { bad: 0, waiting: 1, ok: 2, unknown: 3 }
  const [first, second] = rank[one.verdict] <= rank[other.verdict] ? [one, other] : [other, one]
  return { ...first, notes: distinct([...first.notes, ...second.notes]) }
}

/** Without repetition. */
export function distinct(notes: readonly Message[]): Message[] {
  return [...new Map(notes.map((note) => [note.text, note])).values()]
}
