/** Differences between two objects, field by field. */
import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../shared/kubernetes/fields'
import type { FieldPath } from './field-path'

export interface FieldChange {
  path: FieldPath
  /** Undefined if the field is absent. */
  before: unknown
  after: unknown
  /** Names of the elements of each list on the path: an index means another element if the order differs. */
  order: unknown[]
}

/** A list whose length changes is one change, since positions may matter. */
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
