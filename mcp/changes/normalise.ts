/** Removes cluster bookkeeping from objects, and finds fields whose values the cluster assigns. */
import { isDeepStrictEqual } from 'node:util'
import { at, isRecord, listAt, textAt } from '../../shared/kubernetes/fields'
import type { KubeObject } from '../kubernetes/types'
import { fieldChanges } from './field-changes'
import { parsePath, pathText, valueAt, withValueAt } from './field-path'
import type { FieldPath } from './field-path'
import type { Operation } from './types'

/** Stands for a value that is unknown before the change runs. */
export const ASSIGNED = '<assigned by the cluster>'

const KEPT_BY_CLUSTER = new Set([
  ...['uid', 'resourceVersion', 'generation', 'creationTimestamp', 'managedFields', 'selfLink'],
  ...['deletionTimestamp', 'deletionGracePeriodSeconds'],
])

/** Without the metadata fields that only the cluster writes. */
export function withoutBookkeeping(object: KubeObject): KubeObject {
  const { name, ...metadata } = object.metadata
  const kept = Object.fromEntries(Object.entries(metadata).filter(([field]) => !KEPT_BY_CLUSTER.has(field)))
  return { ...object, metadata: { name, ...kept } }
}

/** Hides the status, which controllers own, of a created or deleted object. */
export function withoutStatus(object: KubeObject, body?: unknown): KubeObject {
  const { status, ...rest } = object
  // Kinds without a status subresource keep the status that was sent.
  const isSent = isRecord(body) && body.status !== undefined && isDeepStrictEqual(body.status, status)
  return isSent ? object : { ...rest, metadata: object.metadata }
}

/** Fields that differ between two dry runs, that the tool names, or that the API server is known to fill. */
export function assignedPaths(operation: Operation, first: KubeObject, second: KubeObject): FieldPath[] {
  const paths = [
    ...fieldChanges(first, second).map(({ path }) => path),
    ...operation.assigned.map(parsePath).filter((path) => valueAt(first, path) !== undefined),
    ...knownPaths(first).filter((path) => isFilledIn(path, operation, first)),
  ]
  const byText = new Map(paths.map((path) => [pathText(path), path]))
  return [...byText.values()]
}

export function markAssigned(object: KubeObject, paths: readonly FieldPath[]): KubeObject {
  const marked = paths.reduce<unknown>((each, path) => withValueAt(each, path, ASSIGNED), object)
  return { ...object, ...(isRecord(marked) ? marked : {}) }
}

/** Two dry runs may return the same address, and the real run another one. */
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

/** True if the value is neither in the live object nor in the request. */
function isFilledIn(path: FieldPath, operation: Operation, result: KubeObject): boolean {
  const value = valueAt(result, path)
  if (value === undefined || isDeepStrictEqual(value, valueAt(operation.live, path))) return false
  const field = String(path.at(-1))
  const requested = new Set(requestedValues(operation, ADDRESSES.has(field) ? ADDRESSES : new Set([field])))
  return !scalars(value).every((each) => requested.has(each))
}

/** The API server fills one of them from the other. */
const ADDRESSES: ReadonlySet<string> = new Set(['clusterIP', 'clusterIPs'])

/** Values under these field names. A patch may hold them at other places than the result: its lists have other indexes. */
function requestedValues({ body, live }: Operation, fields: ReadonlySet<string>): unknown[] {
  if (!Array.isArray(body)) return valuesUnder(body, fields)
  // A JSON patch
  return body.flatMap((each: unknown): unknown[] => {
    const path = pointer(textAt(each, 'path'))
    const from = textAt(each, 'from')
    const value = from === undefined ? at(each, 'value') : valueAt(live, pointer(from))
    return path.some((part) => fields.has(String(part))) ? scalars(value) : valuesUnder(value, fields)
  })
}

function valuesUnder(value: unknown, fields: ReadonlySet<string>): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown) => valuesUnder(each, fields))
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([name, each]) => (fields.has(name) ? scalars(each) : valuesUnder(each, fields)))
}

function scalars(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value]
}

/** The path of a JSON pointer, as in RFC 6901. */
function pointer(text = ''): FieldPath {
  const parts = text.split('/').slice(1)
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')))
}

function recordAt(value: unknown, path: string[]): Record<string, unknown> {
  const found = at(value, ...path)
  return isRecord(found) ? found : {}
}
