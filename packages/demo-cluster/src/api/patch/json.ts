/** Small things about JSON that all kinds of patches need. */
import type { Json, JsonObject } from '../../types'
import { badRequest } from '../status'

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Maps and lists that an API server leaves out if they are empty. */
const OMITTED = new Set([
  ...['annotations', 'finalizers', 'labels', 'ownerReferences'],
  ...['binaryData', 'data', 'env', 'limits', 'nodeSelector', 'requests', 'stringData'],
])

/** Without the fields that are not there to the API server, at any depth: those that are null, and empty maps. */
export function withoutEmpty(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (!isObject(value)) return value
  const kept = Object.entries(value).filter(([key, each]) => each !== null && !(OMITTED.has(key) && isEmpty(each)))
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutEmpty(each)]))
}

export function isEmpty(value: Json): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

/** @throws StatusError 400 where it is none */
export function objectOf(value: Json): JsonObject {
  if (isObject(value)) return value
  throw badRequest('the body is no JSON object')
}
