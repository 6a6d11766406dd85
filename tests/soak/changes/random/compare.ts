/** Verifies a card: its diff applied to the object before must give the object after. */
import { applyPatch } from 'diff'
import { isDeepStrictEqual } from 'node:util'
import { parse } from 'yaml'
import { yamlOf } from '../../../../mcp/changes/diff'
import { withoutBookkeeping, withoutStatus } from '../../../../mcp/changes/normalise'
import { maskObject } from '../../../../mcp/kubernetes/mask'
import { objectSchema, toObject } from '../../../../mcp/kubernetes/list/paging'
import { isRecord } from '../../../../shared/kubernetes/fields'
import { record } from '../busy/objects'
import type { Body } from '../busy/objects'

/** The card's placeholder for a value that the cluster will assign. */
const ASSIGNED = '<assigned by the cluster>'

const BOOKKEEPING = [
  ...['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'],
  ...['deletionTimestamp', 'deletionGracePeriodSeconds'],
]
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** The object without status and server-managed fields, computed independently of the product. */
export function essence(object: Body): Body {
  const { status: _, metadata, ...rest } = object
  const kept = Object.entries(record(metadata)).filter(([name]) => !BOOKKEEPING.includes(name))
  const { annotations, ...others } = Object.fromEntries(kept)
  const own = Object.entries(record(annotations)).filter(([name]) => name !== LAST_APPLIED)
  const shown = own.length > 0 ? { annotations: Object.fromEntries(own) } : {}
  return { ...rest, metadata: { ...others, ...shown } }
}

/**
 * The object after the change according to the card; undefined if deleted.
 * @throws Error if the diff does not apply
 */
export function shownAfter(before: Body | undefined, diff: string): Body | undefined {
  const left = before === undefined ? '' : asShown(before)
  if (before !== undefined && !isDeepStrictEqual(parse(left), essence(before)))
    throw new Error(`the card hides something of the object before: ${differences(parse(left), essence(before))}`)
  const right = patched(left, diff)
  if (right === '') return undefined
  const object: unknown = parse(right)
  if (!isRecord(object)) throw new Error('the card shows no object after the change')
  return object
}

/** @throws Error if the diff does not apply */
export function patched(before: string, diff: string): string {
  if (diff === '') return before
  const after = applyPatch(before, `--- before\n+++ after\n${diff}\n`)
  if (after === false) throw new Error('the diff of the card does not fit the object before')
  return after
}

function asShown(object: Body): string {
  return yamlOf(maskObject(withoutStatus(withoutBookkeeping(toObject(objectSchema.parse(object))))))
}

/**
 * Differences between card and object, except assigned values that the card names.
 * @param assigned paths from the card
 */
export function notAsShown(shown: Body, after: Body, assigned: readonly string[]): string | undefined {
  const actual = essence(after)
  const problems: string[] = []
  const filled = filledIn(shown, actual, '', (path, value) => {
    if (!assigned.includes(path)) problems.push(`${path} is assigned by the cluster, and the card does not name it`)
    if (value === undefined) problems.push(`${path} was to be assigned by the cluster, and is not there`)
  })
  if (!isDeepStrictEqual(filled, actual)) problems.push(differences(filled, actual))
  return problems.length > 0 ? problems.join('; ') : undefined
}

/** A copy with the cluster's assigned values. */
function filledIn(
  shown: unknown,
  actual: unknown,
  path: string,
  seen: (path: string, value: unknown) => void,
): unknown {
  if (shown === ASSIGNED) {
    seen(path, actual)
    return actual
  }
  if (Array.isArray(shown)) {
    const items: unknown[] = Array.isArray(actual) ? actual : []
    return shown.map((each: unknown, index) => filledIn(each, items[index], `${path}[${index}]`, seen))
  }
  if (!isRecord(shown)) return shown
  const fields = record(actual)
  return Object.fromEntries(
    Object.entries(shown).map(([name, each]) => [name, filledIn(each, fields[name], joined(path, name), seen)]),
  )
}

function joined(path: string, name: string): string {
  if (/[^A-Za-z0-9_-]/.test(name)) return `${path}[${name}]`
  return path === '' ? name : `${path}.${name}`
}

/** The differing fields, for the report. */
export function differences(one: unknown, other: unknown, path = ''): string {
  if (isDeepStrictEqual(one, other)) return ''
  if (isRecord(one) && isRecord(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
    return names
      .map((name) => differences(one[name], other[name], joined(path, name)))
      .filter(Boolean)
      .join('; ')
  }
  return `${path}: shown ${short(one)}, is ${short(other)}`
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? 'absent').slice(0, 160)
}
