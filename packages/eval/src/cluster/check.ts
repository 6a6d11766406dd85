/** Whether a check of the cluster's state holds. */
import { isDeepStrictEqual } from 'node:util'
import type { Expectation, StateCheck } from '../task/state-check'
import type { KubeObject, Objects } from './objects'
import { valueAt } from './pointer'

export interface Verdict {
  holds: boolean
  /** The expectation, and the values that were found. */
  detail: string
}

/** The state after the set-up, by check. */
export type Snapshot = ReadonlyMap<StateCheck, string>

/**
 * @param namespace of the run
 * @param before needed for `unchanged`
 */
export async function holds(
  check: StateCheck,
  namespace: string,
  objects: Objects,
  before: Snapshot = new Map(),
): Promise<Verdict> {
  const { object, path, labels, expected } = check
  const found = await find(check, namespace, objects)
  const about = [object.kind, object.name ?? labels, path].filter(Boolean).join(' ')
  const values =
    path === undefined ? found : found.map((each) => valueAt(each, path)).filter((each) => each !== undefined)
  return {
    holds: isMet(expected, values, () => stateOf(found) === before.get(check)),
    detail: detailOf(about, expected, values),
  }
}

/** Remembers what must stay unchanged. */
export async function takeSnapshot(
  checks: readonly StateCheck[],
  namespace: string,
  objects: Objects,
): Promise<Snapshot> {
  const snapshot = new Map<StateCheck, string>()
  for (const check of checks)
    if (check.expected.kind === 'unchanged') snapshot.set(check, stateOf(await find(check, namespace, objects)))
  return snapshot
}

async function find(check: StateCheck, namespace: string, objects: Objects): Promise<KubeObject[]> {
  const { object, labels } = check
  const place = { ...object, namespace: check.namespace ?? namespace }
  if (object.name === undefined) return await objects.list(place, labels)
  const one = await objects.get(place, object.name)
  return one ? [one] : []
}

/** @param values of all objects that were found */
function isMet(expected: Expectation, values: readonly unknown[], isUnchanged: () => boolean): boolean {
  switch (expected.kind) {
    case 'exists':
      return values.length > 0
    case 'absent':
      return values.length === 0
    case 'unchanged':
      return isUnchanged()
    case 'equals':
      return values.some((value) => isDeepStrictEqual(value, expected.value))
    case 'includes':
      return values.some((value) => includes(value, expected.value))
    case 'matches':
      return values.some((value) => new RegExp(expected.pattern, 'u').test(textOf(value)))
    case 'count':
      return values.length === expected.value
  }
}

function includes(value: unknown, part: unknown): boolean {
  if (Array.isArray(value)) return value.some((entry: unknown) => isPartOf(part, entry))
  return typeof value === 'string' ? value.includes(String(part)) : isPartOf(part, value)
}

/** An object is a part of another if all its fields are. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (typeof part !== 'object' || part === null) return isDeepStrictEqual(part, whole)
  return Object.entries(part).every(([key, each]) => isPartOf(each, valueAt(whole, `/${key.replaceAll('/', '~1')}`)))
}

/** Without status and metadata that controllers write. */
function stateOf(found: readonly KubeObject[]): string {
  const states = found.map(({ status: _, metadata, ...rest }) => {
    const { name, labels } = metadata
    return JSON.stringify({ ...rest, name, labels })
  })
  return states.sort().join('\n')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function detailOf(about: string, expected: Expectation, values: readonly unknown[]): string {
  const wanted =
    'value' in expected
      ? `${expected.kind} ${JSON.stringify(expected.value)}`
      : 'pattern' in expected
        ? `matches ${expected.pattern}`
        : expected.kind
  const is =
    expected.kind === 'unchanged'
      ? 'changed'
      : values.map((value) => textOf(value).slice(0, 200)).join(', ') || 'nothing'
  return `${about}: expected ${wanted}, found ${is.slice(0, 500)}`
}
