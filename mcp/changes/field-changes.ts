/** What differs between two objects, field by field. */
import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../shared/kubernetes/health/fields'
import type { FieldPath } from './field-path'

export interface FieldChange {
  path: FieldPath
  /** Undefined: the field is not there. */
  before: unknown
  after: unknown
  /** The order of the elements of the lists on the way, by name: an index means another element in another order. */
  order: unknown[]
}

/** A list of another length is one change: what stands where in it may matter. */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  const changes: FieldChange[] = []
  const walk = (left: unknown, right: unknown, path: FieldPath, order: unknown[]): void => {
    if (isRecord(left) && isRecord(right)) {
      for (const name of new Set([...Object.keys(left), ...Object.keys(right)]))
        walk(left[name], right[name], [...path, name], order)
      return
    }
    if (isObjectList(left) && isObjectList(right) && left.length === right.length) {
      const inside = [...order, [left.map(nameOf), right.map(nameOf)]]
      left.forEach((each, index) => walk(each, right[index], [...path, index], inside))
      return
    }
    if (!isDeepStrictEqual(left, right)) changes.push({ path, before: left, after: right, order })
  }
  walk(before, after, [], [])
  return changes
}

function isObjectList(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRecord)
}

function nameOf(element: Record<string, unknown>): unknown {
  const { name, key, ip, type, port, containerPort, mountPath } = element
  return name ?? key ?? mountPath ?? containerPort ?? port ?? ip ?? type ?? null
}
