/** Small things about JSON that all kinds of patches need. */
import type { Json, JsonObject } from '../../types'
import { badRequest } from '../status'

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Without the fields that are null, at any depth: to the API server they are not there. */
export function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => (each === null ? [] : [[key, withoutNulls(each)]])),
  )
}

/** @throws StatusError 400 where it is none */
export function objectOf(value: Json): JsonObject {
  if (isObject(value)) return value
  throw badRequest('the body is no JSON object')
}
