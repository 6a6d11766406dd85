/** JSON helpers for all patch types. */
import type { Json, JsonObject } from '../../types'
import { badRequest } from '../status'

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Maps and lists that an API server omits when empty. */
const OMITTED = new Set([
  ...['annotations', 'finalizers', 'labels', 'ownerReferences'],
  ...['binaryData', 'data', 'env', 'limits', 'nodeSelector', 'requests', 'stringData'],
])

/** Removes fields that the API server treats as absent, at any depth: nulls and empty maps. */
export function withoutEmpty(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([key, each]) => each !== null && !(OMITTED.has(key) && isEmpty(each)))
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutEmpty(each)]))
}

export function isEmpty(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

/** @throws StatusError 400 unless it is an object */
export function objectOf(value: Json): JsonObject {
  if (isObject(value)) return value
  throw badRequest('the body is not a JSON object')
}
