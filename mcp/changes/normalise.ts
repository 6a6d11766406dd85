/** Objects without what the cluster keeps for itself, and the fields whose values it assigns. */
import { isDeepStrictEqual } from 'node:util'
import { at, isRecord, listAt } from '../../shared/kubernetes/health/fields'
import type { KubeObject } from '../kubernetes/types'
import { fieldChanges } from './field-changes'
import { parsePath, pathText, valueAt, withValueAt } from './field-path'
import type { FieldPath } from './field-path'
import type { Operation } from './types'

/** Stands for a value that is not known before the change runs. */
export const ASSIGNED = '<assigned by the cluster>'

const KEPT_BY_CLUSTER = new Set([
  ...['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'],
  ...['deletionTimestamp', 'deletionGracePeriodSeconds'],
])

/** Without the fields of metadata that only the cluster writes. */
export function withoutBookkeeping(object: KubeObject): KubeObject {
  const { name, ...metadata } = object.metadata
  const kept = Object.fromEntries(Object.entries(metadata).filter(([field]) => !KEPT_BY_CLUSTER.has(field)))
  return { ...object, metadata: { name, ...kept } }
}

/** What a person wants to see of an object that is created or goes: its status is its controller's. */
export function withoutStatus(object: KubeObject, body?: unknown): KubeObject {
  const { status, ...rest } = object
  // Kinds without a status of their own take the one that was sent.
  const isSent = isRecord(body) && body.status !== undefined && isDeepStrictEqual(body.status, status)
  return isSent ? object : { ...rest, metadata: object.metadata }
}

/** Fields whose values differ in two dry runs, those that a tool knows, and those that the API server is known to fill. */
export function assignedPaths(operation: Operation, first: KubeObject, second: KubeObject): FieldPath[] {
  const paths = [
    ...fieldChanges(first, second).map(({ path }) => path),
    ...operation.assigned.map(parsePath).filter((path) => valueAt(first, path) !== undefined),
    ...knownPaths(first).filter((path) => isFilledIn(path, operation, first)),
  ]
  const byText = new Map(paths.map((path) => [pathText(path), path]))
  return [...byText.values()]
}

/** The object with the assigned values replaced. */
export function markAssigned(object: KubeObject, paths: readonly FieldPath[]): KubeObject {
  const marked = paths.reduce<unknown>((each, path) => withValueAt(each, path, ASSIGNED), object)
  return { ...object, ...(isRecord(marked) ? marked : {}) }
}

/** A dry run may well give the same address twice, and another one later. */
function knownPaths(object: KubeObject): FieldPath[] {
  switch (object.kind) {
    case 'Service':
      return [
        ['spec', 'clusterIP'],
        ['spec', 'clusterIPs'],
        ['spec', 'healthCheckNodePort'],
        ...listAt(object, 'spec', 'ports').map((_, index) => ['spec', 'ports', index, 'nodePort']),
      ]
    case 'Job':
      return [
        ['metadata', 'labels'],
        ['spec', 'selector', 'matchLabels'],
        ['spec', 'template', 'metadata', 'labels'],
      ].flatMap((labels) =>
        Object.keys(recordAt(object, labels))
          .filter((name) => name.endsWith('controller-uid'))
          .map((name) => [...labels, name]),
      )
    default:
      return []
  }
}

/** True if the value is neither in the object that exists nor in what is sent. */
function isFilledIn(path: FieldPath, { live, body }: Operation, result: KubeObject): boolean {
  const value = valueAt(result, path)
  if (value === undefined || isDeepStrictEqual(value, valueAt(live, path))) return false
  return !isDeepStrictEqual(value, valueAt(body, path))
}

function recordAt(value: unknown, path: string[]): Record<string, unknown> {
  const found = at(value, ...path)
  return isRecord(found) ? found : {}
}
