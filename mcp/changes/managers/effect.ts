/** The effect of a change for managers and consequences: changed fields and replica count. */
import { at, numberAt, recordAt } from '../../kubernetes/read/fields'
import { isRecord } from '../../../shared/kubernetes/fields'
import type { KubeObject } from '../../kubernetes/types'
import type { Operation } from '../types'

export interface Effect {
  verb: Operation['verb']
  /** Absent if the count does not change. */
  replicas?: { from: number; to: number }
  /** Paths of changed fields; a list counts as one value. */
  changed: string[][]
  /** The resulting object; absent after a deletion or if unknown. */
  after?: KubeObject
}

/** @param after result of the dry run; without it the request body is interpreted */
export function effectOf(operation: Operation, after?: unknown): Effect {
  const { verb, live } = operation
  if (verb === 'delete' || verb === 'evict') return { verb, changed: [] }
  const result = resultOf(operation, after)
  if (result === undefined) return { verb, changed: [] }
  const changed = live ? differences(live, result) : []
  const [from, to] = [numberAt(live, 'spec', 'replicas'), numberAt(result, 'spec', 'replicas')]
  const scales = live && to !== undefined && to !== (from ?? 1)
  return { verb, changed, after: result, ...(scales && { replicas: { from: from ?? 1, to } }) }
}

/** True if this field or one below it changes. */
export function changes({ changed }: Effect, ...path: string[]): boolean {
  return changed.some((each) => path.every((field, at) => each[at] === field))
}

/** True if the change only adds labels and annotations, also in the pod template, as a restart does. */
export function addsMetadataOnly({ verb, changed, after }: Effect, live: KubeObject | undefined): boolean {
  if (verb !== 'update' || changed.length === 0) return false
  return changed.every((path) => {
    const inside = path.slice(path.indexOf('metadata'))
    const isPair = path.includes('metadata') && (inside[1] === 'labels' || inside[1] === 'annotations')
    return isPair && at(live, ...path) === undefined && at(after, ...path) !== undefined
  })
}

/** Path of a kind's pod template; in a CronJob it is inside the Job template. */
export function templatePath(kind: string): string[] {
  return kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template']
}

function resultOf(operation: Operation, after: unknown): KubeObject | undefined {
  const { live, body } = operation
  if (isObject(after) && after.kind !== 'Scale') return after
  const scale = isObject(after) ? after : isRecord(body) ? body : undefined
  if (/\/scale$/.test(operation.path) || isObject(after)) {
    const replicas = numberAt(scale, 'spec', 'replicas')
    return live && replicas !== undefined ? { ...live, spec: { ...recordAt(live, 'spec'), replicas } } : undefined
  }
  return fromBody(operation)
}

/** Only for changes without a dry run: precise enough to know which fields are set. */
function fromBody({ live, body, contentType, method }: Operation): KubeObject | undefined {
  if (!live || method === 'PUT') return isObject(body) ? body : undefined
  if (contentType === 'application/json-patch+json') return patched(live, body)
  const merged = isRecord(body) ? merge(live, body) : undefined
  return isObject(merged) ? merged : undefined
}

function isObject(value: unknown): value is KubeObject {
  return isRecord(value) && isRecord(value.metadata)
}

function merge(live: unknown, patch: unknown): unknown {
  if (Array.isArray(live) && Array.isArray(patch)) return mergeLists(live, patch)
  if (!isRecord(patch)) return patch
  const merged: Record<string, unknown> = isRecord(live) ? { ...live } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) Reflect.deleteProperty(merged, name)
    else merged[name] = merge(merged[name], value)
  }
  return merged
}

/** Merges items with names, such as containers, by name. */
function mergeLists(live: unknown[], patch: unknown[]): unknown[] {
  const nameOf = (item: unknown) => (isRecord(item) && typeof item.name === 'string' ? item.name : undefined)
  if (patch.some((item) => nameOf(item) === undefined)) return patch
  const merged = live.map((item) => {
    const own = patch.find((each) => nameOf(each) === nameOf(item))
    return own === undefined ? item : merge(item, own)
  })
  return [...merged, ...patch.filter((item) => !live.some((each) => nameOf(each) === nameOf(item)))]
}

/** Applies a JSON patch; operations on list items count as a change of the list. */
function patched(live: KubeObject, body: unknown): KubeObject | undefined {
  let result: unknown = live
  for (const step of Array.isArray(body) ? body : []) {
    if (!isRecord(step) || typeof step.path !== 'string' || step.op === 'test') continue
    const path = step.path.split('/').slice(1).map(unescaped)
    result = merge(result, nested(path, step.op === 'remove' ? null : (step.value ?? {})))
  }
  return isObject(result) ? result : undefined
}

function nested(path: string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, field) => ({ [field]: inner }), value)
}

function unescaped(field: string): string {
  return field.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** Fields that every write changes or that only the API server sets. */
const BOOKKEEPING = new Set(['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp', 'selfLink'])

function differences(before: unknown, after: unknown, path: string[] = []): string[][] {
  // Compares an added or removed object field by field.
  const [one, other] = [before ?? emptied(after), after ?? emptied(before)]
  if (!isRecord(one) || !isRecord(other)) return equal(one, other) ? [] : [path]
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].flatMap((name) => {
    if (path.length === 0 && (name === 'status' || name === 'apiVersion' || name === 'kind')) return []
    if (path.length === 1 && path[0] === 'metadata' && BOOKKEEPING.has(name)) return []
    return differences(one[name], other[name], [...path, name])
  })
}

function emptied(value: unknown): unknown {
  return isRecord(value) && Object.keys(value).length > 0 ? {} : undefined
}

function equal(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, at) => equal(item, other[at]))
  if (isRecord(one) && isRecord(other)) return differences(one, other, ['', '', '']).length === 0
  return one === other
}
