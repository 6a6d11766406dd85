/** Finds out what Helm would change: Helm runs, and the API server dry-runs each write. */
import { msg } from '../../../shared/messages/create'
import { setTimeout as delay } from 'node:timers/promises'
import { objectDiff } from '../../changes/diff'
import { objectDigest } from '../../changes/digest'
import { fieldChanges } from '../../changes/field-changes'
import type { FieldChange } from '../../changes/field-changes'
import { pathText } from '../../changes/field-path'
import { assignedPaths, markAssigned, withoutBookkeeping, withoutStatus } from '../../changes/normalise'
import type { PreparedObject } from '../../changes/prepare'
import type { Operation } from '../../changes/types'
import type { ResultNote } from '../../../shared/result'
import { KubeError } from '../../kubernetes/errors/errors'
import { writeError } from '../../kubernetes/errors/status-error'
import { maskObject } from '../../kubernetes/mask'
import { apiVersionOf } from '../../../shared/kubernetes/api'
import type { KubeObject } from '../../kubernetes/types'
import { maskValues } from '../mask-values'
import type { Conflict, ObservedWrite, Release } from '../program/observed'
import { rehearse } from '../program/rehearse'
import { operationOf } from './operation'
import { helmError } from './session'
import type { HelmSession } from './session'

/** One object that Helm would write. */
export interface TriedWrite {
  write: ObservedWrite
  prepared: PreparedObject
}

/** Waiting this long changes the output of charts that print the time. */
const ANOTHER_SECOND_MS = 1100

/**
 * Dry-runs the change twice and compares.
 * @param args Helm's arguments, without hooks
 * @param secrets credentials among the release's values
 * @param usesTime the chart reads the clock
 * @throws KubeError with the refusal of Helm or the API server
 */
export async function tryChange(
  session: HelmSession,
  args: readonly string[],
  release: Release,
  { secrets, usesTime }: { secrets: readonly string[]; usesTime: boolean },
): Promise<TriedWrite[]> {
  const once = async () => {
    const observed: ObservedWrite[] = []
    const end = await session.call(args, rehearse(session.cluster, release, observed))
    if (end.code !== 0) throw refusal(observed) ?? helmError(end)
    return observed
  }
  const [first, second] = usesTime ? [await once(), await delay(ANOTHER_SECOND_MS).then(once)] : await both(once)
  const again = new Map(second.map((write) => [write.key, write]))
  return mergeWrites(first).map((write) => tried(write, again.get(write.key), secrets))
}

/** Waits for both: they share the session's folder. */
async function both<T>(task: () => Promise<T>): Promise<[T, T]> {
  const [one, other] = await Promise.allSettled([task(), task()])
  if (one.status === 'rejected') throw one.reason
  if (other.status === 'rejected') throw other.reason
  return [one.value, other.value]
}

/** The API server's reason, if it refused a write. */
function refusal(observed: readonly ObservedWrite[]): KubeError | undefined {
  const refused = observed.find(({ status }) => status !== undefined && status >= 400)
  return refused && refusalOf(refused)
}

/** The API server's reason for refusing a write, with the object's name. */
export function refusalOf(write: ObservedWrite): KubeError {
  const { name, status = 0, words = { message: '' } } = write
  const { code, detail, params, raw } = writeError(status, words, NOBODY)
  const { kind } = operationOf(write).resource
  const known = detail.text.includes(name) ? detail : msg('object-error', { kind, name, error: detail })
  return new KubeError(code, known, params, raw)
}

const NOBODY = { server: '', cluster: '', user: '', origin: '' }

/**
 * Helm may write an object twice, e.g. delete and create it. Keeps the state before the first and after the last write.
 */
function mergeWrites(observed: readonly ObservedWrite[]): ObservedWrite[] {
  const byKey = new Map<string, ObservedWrite>()
  for (const write of observed) {
    const before = byKey.get(write.key)
    const verb = before?.verb === 'delete' && write.verb !== 'delete' ? 'update' : write.verb
    byKey.set(write.key, before ? { ...write, verb, conflicts: [...before.conflicts, ...write.conflicts] } : write)
  }
  return [...byKey.values()]
}

function tried(write: ObservedWrite, other: ObservedWrite | undefined, secrets: readonly string[]): TriedWrite {
  const operation = operationOf(write)
  const { live, verb } = write
  const before = live && withoutStatus(withoutBookkeeping(live))
  const one = verb === 'delete' ? undefined : write.object && withoutStatus(withoutBookkeeping(write.object))
  const two = other?.object ? withoutStatus(withoutBookkeeping(other.object)) : one
  const assigned = one && two ? assignedPaths(operation, one, two) : []
  const after = one && markAssigned(one, assigned)
  const changes = after ? fieldChanges(before ?? {}, after) : []
  const mask = (object: KubeObject) => masked(object, secrets)
  const isIdle = verb === 'update' && changes.length === 0
  return {
    write,
    prepared: {
      operation,
      fresh: live,
      result: one && write.object,
      changes,
      digest: digestOf(operation, changes, before, write.conflicts),
      planned: {
        ...reference(operation),
        verb,
        ...(live?.metadata.uid !== undefined && { uid: live.metadata.uid }),
        diff: isIdle ? '' : objectDiff(before, after, changes, mask),
        assigned: assigned.map(pathText),
        notes: [...takenOver(write.conflicts), ...secretNote(operation)],
      },
    },
  }
}

/** Kinds that controllers rewrite all the time. */
const RENEWED = new Set(['Lease', 'Endpoints', 'EndpointSlice', 'Event'])

/** A deletion covers the whole object as it was shown. */
function digestOf(
  operation: Operation,
  changes: readonly FieldChange[],
  before: KubeObject | undefined,
  conflicts: readonly Conflict[],
): string {
  const { verb, live, resource } = operation
  const { metadata: _, ...content } = before ?? { metadata: { name: '' } }
  const gone = verb === 'delete' && !RENEWED.has(resource.kind) ? content : undefined
  const more = { gone, conflicts }
  const { apiVersion, kind, name, namespace } = reference(operation)
  return objectDigest({ verb, apiVersion, kind, namespace, name, uid: live?.metadata.uid, changes, more })
}

function reference({ resource, namespace, name }: Operation) {
  const about = { apiVersion: apiVersionOf(resource), kind: resource.kind, name }
  return { ...about, ...(namespace !== undefined && { namespace }) }
}

export function masked(object: KubeObject, secrets: readonly string[]): unknown {
  return maskValues(maskObject(object), secrets)
}

function takenOver(conflicts: readonly Conflict[]): ResultNote[] {
  const managers = [...new Set(conflicts.map(({ manager }) => manager))]
  return managers.map((manager) => {
    const fields = conflicts.filter((each) => each.manager === manager).map(({ field }) => field)
    return msg('fields-taken-over', { manager, fields: fields.join(', ') })
  })
}

function secretNote({ resource, verb }: Operation): ResultNote[] {
  if (resource.kind !== 'Secret' || resource.group !== '' || verb === 'delete') return []
  return [msg('helm-chart-secret')]
}
