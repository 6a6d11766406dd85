/** What the API server says that Helm would change: Helm runs, and each of its writes is only tried. */
import { setTimeout as delay } from 'node:timers/promises'
import { KubeError } from '../../kubernetes/errors'
import { MASK, maskObject } from '../../kubernetes/mask'
import type { KubeObject } from '../../kubernetes/types'
import { rehearse } from '../program/writes'
import type { Conflict, ObservedWrite, Release } from '../program/writes'
import { maskValues } from '../mask-values'
import { fieldChanges, leaves, withReplaced } from './fields'
import type { FieldChange } from './fields'
import { helmError } from './session'
import type { HelmSession } from './session'
import { yamlDiff } from './yaml-diff'

/** One object that Helm would write. */
export interface TriedWrite {
  write: ObservedWrite
  apiVersion: string
  kind: string
  /** What would differ, without what the cluster assigns; not masked. */
  changes: FieldChange[]
  /** Masked. */
  diff: string
  /** Paths whose values two tries give differently. */
  assigned: string[]
  /** Paths that change where both values are hidden. */
  hidden: string[]
}

/** Text in place of a value that is another one each time. */
const ASSIGNED = '<assigned by the cluster>'

/** Charts that print the time change with the second. */
const ANOTHER_SECOND_MS = 1100

/**
 * Tries the change twice.
 * @param args of Helm, as they will run but without hooks
 * @param secrets credentials among the release's values
 * @param usesTime the chart reads the clock
 * @throws KubeError with what Helm or the API server refuses
 */
export async function tryChange(
  session: HelmSession,
  args: readonly string[],
  release: Release,
  { secrets, usesTime }: { secrets: readonly string[]; usesTime: boolean },
): Promise<TriedWrite[]> {
  const once = async (wait: number) => {
    if (wait > 0) await delay(wait)
    const observed: ObservedWrite[] = []
    const end = await session.call(args, rehearse(session.cluster, release, observed))
    if (end.code !== 0) throw refusal(observed) ?? helmError(end)
    return observed
  }
  const both = await Promise.allSettled([once(0), once(usesTime ? ANOTHER_SECOND_MS : 0)])
  const [first = [], second = []] = both.map((each) => {
    if (each.status === 'rejected') throw each.reason
    return each.value
  })
  const again = new Map(second.map((write) => [write.key, write]))
  return mergeWrites(first).map((write) => tried(write, again.get(write.key), secrets))
}

/** The API server's own reason, if one of the writes was refused. */
function refusal(observed: readonly ObservedWrite[]): KubeError | undefined {
  const refused = observed.find(({ status }) => status !== undefined && status >= 400)
  if (!refused) return undefined
  const { name, target, message = '', status } = refused
  const text = `The API server refuses ${target.plural} ${name}: ${message}`
  return new KubeError('bad-request', text, { resource: target.plural, name, status: status ?? 0 }, message)
}

/** Helm may write an object twice, e.g. remove and create it: what counts is before the first and after the last. */
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
  const before = write.live && plain(write.live)
  const after = write.verb === 'delete' || !write.object ? undefined : plain(write.object)
  const second = after && other?.object ? plain(other.object) : after
  const assigned = after ? assignedPaths(write, before, after, second) : []
  const unstable = new Set(assigned)
  const changes = fieldChanges(before, after).filter(({ path }) => !unstable.has(path))
  const [oldShown, shown] = [before, after].map((object) => object && masked(object, secrets))
  const hidden = after && before ? hiddenPaths(changes, oldShown, shown) : []
  const object = write.object ?? write.live
  return {
    write,
    apiVersion: object?.apiVersion ?? '',
    kind: object?.kind ?? write.target.plural,
    changes,
    diff: yamlDiff(oldShown, shown && withReplaced(shown, unstable, ASSIGNED)),
    assigned,
    hidden,
  }
}

/** A dry run allocates nothing, and answers the same placeholder each time. */
const ALLOCATED = /^spec\.(?:clusterIP|clusterIPs\[\d+\]|healthCheckNodePort|ports\[\d+\]\.nodePort)$/

function assignedPaths(write: ObservedWrite, before: unknown, after: unknown, second: unknown): string[] {
  const unstable = fieldChanges(after, second).map(({ path }) => path)
  if (write.target.plural !== 'services' || write.target.group !== '') return unstable
  const sent = leaves(write.sent)
  const allocated = fieldChanges(before, after).filter(({ path }) => ALLOCATED.test(path) && !sent.has(path))
  return [...new Set([...unstable, ...allocated.map(({ path }) => path)])]
}

const BOOKKEEPING = new Set(['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'])

/** Without status, and without what every write changes. */
export function plain(object: KubeObject): KubeObject {
  const { status: _, ...rest } = object
  const metadata = Object.fromEntries(Object.entries(object.metadata).filter(([name]) => !BOOKKEEPING.has(name)))
  return { ...rest, metadata: { ...metadata, name: object.metadata.name } }
}

export function masked(object: KubeObject, secrets: readonly string[]): unknown {
  return maskValues(maskObject(object), secrets)
}

/** @param changes unmasked */
function hiddenPaths(changes: readonly FieldChange[], before: unknown, after: unknown): string[] {
  const visible = new Set(fieldChanges(before, after).map(({ path }) => path))
  return changes.map(({ path }) => path).filter((path) => !visible.has(path) && !path.includes(MASK))
}

/** `kubectl` owns `spec.replicas`. */
export function takenOver(conflicts: readonly Conflict[]): { manager: string; fields: string[] }[] {
  const byManager = new Map<string, string[]>()
  for (const { field, message } of conflicts) {
    const manager = /conflict with "([^"]+)"/.exec(message)?.[1] ?? 'another client'
    byManager.set(manager, [...(byManager.get(manager) ?? []), field.replace(/^\./, '')])
  }
  return [...byManager].map(([manager, fields]) => ({ manager, fields }))
}
