/** The API server's response to an invalid object: 422 with each invalid field. */
import type { z } from 'zod'
import type { Json, JsonObject } from '../../types'
import { isObject } from '../patch/json'
import type { Resource } from '../resource'
import { StatusError } from '../status'

const MAX_CAUSES = 10

export function invalid({ group, kind }: Resource, name: string, given: JsonObject, error: z.ZodError): StatusError {
  const causes = error.issues.slice(0, MAX_CAUSES).map((issue) => {
    const field = issue.path.reduce<string>((text, key) => {
      return typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)
    }, '')
    const value = valueAt(given, issue.path)
    const required = value === undefined || issue.message === 'Required value'
    const message = required
      ? 'Required value'
      : `Invalid value: ${JSON.stringify(value).slice(0, 200)}: ${issue.message}`
    return { reason: required ? 'FieldValueRequired' : 'FieldValueInvalid', message, field }
  })
  const words = causes.map(({ field, message }) => `${field}: ${message}`)
  const all = words.length === 1 ? words[0] : `[${words.join(', ')}]`
  const message = `${group ? `${kind}.${group}` : kind} "${name}" is invalid: ${all}`
  return new StatusError(422, 'Invalid', message, { name, ...(group && { group }), kind, causes })
}

function valueAt(given: Json, path: PropertyKey[]): Json | undefined {
  return path.reduce<Json | undefined>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)]
    return isObject(value) ? value[String(key)] : undefined
  }, given)
}
