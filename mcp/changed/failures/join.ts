/** Joins changes with failures: each failure belongs to the change before it that can have caused it. */
import type { PastChange } from '../../../shared/changes/what-changed'
import type { ClusterEvent } from '../../../shared/kubernetes/events'
import { quotedWords } from '../../../shared/messages/create'
import type { Message } from '../../../shared/messages/message'
import { shorten } from '../../../shared/kubernetes/health/health'
import type { Cause } from '../../diagnose/chains/causes'
import { ownersOf } from '../../diagnose/chains/owners'
import { findingObject, keyOf } from '../../diagnose/ref'
import type { Ref } from '../../diagnose/types'
import { formatTime } from '../../diagnose/time'
import type { World } from '../../diagnose/world/world'
import type { Change } from '../types'
import { canCause, isAtLarge } from './mechanisms'
import { relatedTo } from './related'
import { startOf } from './start'

interface Failure {
  /** Milliseconds since the epoch; absent if unknown. */
  at: number | undefined
  object: Ref
  state: Message
}

/** Times have a resolution of a second, and several clocks write them. In milliseconds. */
const SLACK = 5_000

/** One operation of a tool writes several objects. In milliseconds. */
const SAME_MOMENT = 10_000

/** Failures of a diagnosis that are joined. */
const MOST_CAUSES = 100

/** An event later than this after a change is hardly its effect. In milliseconds. */
const LATE = 60 * 60_000

type Joined = ReadonlyMap<Change, NonNullable<PastChange['failure']>>

/** @param changes newest first */
export function joinFailures(world: World, changes: readonly Change[], causes: readonly Cause[]): Joined {
  const byChange = new Map<Change, Failure[]>()
  const add = (change: Change | undefined, failure: Failure): void => {
    if (change) byChange.set(change, [...(byChange.get(change) ?? []), failure])
  }
  // Objects whose Warnings belong to a failure that is joined already.
  const explained = new Set<string>()
  for (const cause of causes.slice(0, MOST_CAUSES)) {
    const failure = failureOf(world, cause)
    const change = changeBefore(world, changes, cause, failure)
    add(change, failure)
    if (change) for (const ref of objectsOf(world, cause)) explained.add(keyOf(ref))
  }
  for (const change of changes) {
    if (byChange.has(change)) continue
    const event = firstWarning(world, changes, change, explained)
    if (event) add(change, warningOf(event))
  }
  return new Map([...byChange].map(([change, failures]) => [change, first(failures)]))
}

function failureOf(world: World, { trouble, effects }: Cause): Failure {
  const times = [trouble, ...effects].flatMap((each) => startOf(world, each) ?? [])
  // The cause's own time; its effects come later.
  const at = startOf(world, trouble) ?? (times.length > 0 ? Math.min(...times) : undefined)
  return { at, object: trouble.found.object, state: trouble.found.cause }
}

/** Of the changes before a failure the latest that brings about such failures, else the latest of its own objects. */
function changeBefore(
  world: World,
  changes: readonly Change[],
  { trouble, effects }: Cause,
  { at }: Failure,
): Change | undefined {
  const near = relatedTo(world, [...trouble.objects.slice(0, MOST_CAUSES), ...(trouble.found.because ?? [])])
  const namespaces = new Set([trouble, ...effects].flatMap(({ objects }) => objects.map(({ namespace }) => namespace)))
  const before = changes.filter((change) => at === undefined || change.at <= at + SLACK)
  const fits = (change: Change): boolean =>
    near.has(keyOf(change.object)) ||
    (isAtLarge(change) && (change.object.namespace === undefined || namespaces.has(change.object.namespace)))
  const able = before.filter(
    (change, index) =>
      canCause(trouble.check.id, change) && fits(change) && !isSuperseded(change, before.slice(0, index)),
  )
  const [newest] = able
  // Without a time, only a change of the telling kind is close enough.
  if (!newest)
    return at === undefined ? undefined : before.find((change) => near.has(keyOf(change.object)) && !isAtLarge(change))
  // A workload's own fields tell more than the release or the creation that is part of the same moment.
  const atOnce = able.filter((change) => newest.at - change.at <= SAME_MOMENT)
  return atOnce.find(({ source }) => source === 'revision' || source === 'fields') ?? newest
}

/** What an object was created with no longer holds after a later change of it. */
function isSuperseded({ source, object }: Change, later: readonly Change[]): boolean {
  return source === 'object' && later.some((each) => keyOf(each.object) === keyOf(object))
}

/** The first Warning about an object or its pods after a change, before the next change of the object. */
function firstWarning(
  world: World,
  changes: readonly Change[],
  change: Change,
  explained: ReadonlySet<string>,
): ClusterEvent | undefined {
  const key = keyOf(change.object)
  const hasPods = /^(?:apps|batch)\//.test(change.object.kind)
  const next = changes.findLast((each) => each.at > change.at && keyOf(each.object) === key)
  const end = Math.min(next?.at ?? Number.POSITIVE_INFINITY, change.at + LATE)
  const isOwn = (event: ClusterEvent): boolean =>
    event.object.namespace === change.object.namespace &&
    !explained.has(keyOf(refOfEvent(event))) &&
    (keyOf(refOfEvent(event)) === key || (hasPods && event.object.name.startsWith(`${change.object.name}-`)))
  return world.warnings
    .filter(
      (event) => event.first !== undefined && event.first >= change.at - 1000 && event.first < end && isOwn(event),
    )
    .sort((one, other) => (one.first ?? 0) - (other.first ?? 0))[0]
}

function objectsOf(world: World, { trouble, effects }: Cause): Ref[] {
  const objects = [trouble, ...effects].flatMap((each) => each.objects)
  return objects.flatMap((each) => [each, ...ownersOf(world, each)])
}

function refOfEvent({ object: { group, kind, name, namespace } }: ClusterEvent): Ref {
  return { kind: group ? `${group}/${kind}` : kind, namespace, name }
}

function warningOf(event: ClusterEvent): Failure {
  const { first: at, reason, message } = event
  return {
    at,
    object: refOfEvent(event),
    state: quotedWords(shorten(message === '' ? reason : `${reason}: ${message}`)),
  }
}

function first(failures: readonly Failure[]): NonNullable<PastChange['failure']> {
  const ordered = [...failures].sort((one, other) => (one.at ?? Infinity) - (other.at ?? Infinity))
  const [earliest = failures[0]] = ordered
  if (!earliest) throw new RangeError('no failure')
  const { at, object, state } = earliest
  return {
    ...(at !== undefined && { at: formatTime(at) }),
    object: findingObject(object),
    state,
    others: failures.length - 1,
  }
}
