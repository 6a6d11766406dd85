/** `application/json-patch+json`: RFC 6902. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Json } from '../../types'
import { badRequest, StatusError } from '../status'
import { isObject } from './json'

const path = z.string().regex(/^(\/.*)?$/s)
const operationSchema = z.discriminatedUnion('op', [
  z.object({ op: z.enum(['add', 'replace', 'test']), path, value: z.json() }),
  z.object({ op: z.literal('remove'), path }),
  z.object({ op: z.enum(['move', 'copy']), path, from: path }),
])
type Operation = z.infer<typeof operationSchema>

/** The API server's limit. */
const MAX_OPERATIONS = 10_000

/** @throws StatusError 400 for an invalid patch, 422 if it cannot be applied */
export function jsonPatch(target: Json, patch: Json): Json {
  const operations = z.array(operationSchema).max(MAX_OPERATIONS).safeParse(patch)
  if (!operations.success) throw badRequest(`the body is not a JSON patch: ${z.prettifyError(operations.error)}`)
  return operations.data.reduce(apply, target)
}

function apply(target: Json, operation: Operation): Json {
  switch (operation.op) {
    case 'add':
      return put(target, keysOf(operation.path), operation.value, 'add')
    case 'replace':
      return put(target, keysOf(operation.path), operation.value, 'replace')
    case 'remove':
      return put(target, keysOf(operation.path), undefined, 'remove')
    case 'test':
      if (isDeepStrictEqual(read(target, operation.path), operation.value)) return target
      throw unapplicable(`testing value ${operation.path} failed`)
    case 'copy':
      return put(target, keysOf(operation.path), read(target, operation.from), 'add')
    case 'move': {
      const value = read(target, operation.from)
      const without = put(target, keysOf(operation.from), undefined, 'remove')
      return put(without, keysOf(operation.path), value, 'add')
    }
  }
}

function keysOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function read(target: Json, pointer: string): Json {
  let at: Json | undefined = target
  for (const key of keysOf(pointer)) at = child(at, key)
  if (at === undefined) throw missing(pointer)
  return at
}

function child(parent: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(parent)) return /^\d+$/.test(key) ? parent[Number(key)] : undefined
  return isObject(parent) && Object.hasOwn(parent, key) ? parent[key] : undefined
}

/** @param value undefined removes it */
function put(target: Json, keys: string[], value: Json | undefined, how: 'add' | 'replace' | 'remove'): Json {
  const [key, ...rest] = keys
  if (key === undefined) return value ?? null
  if (rest.length > 0) {
    const below = child(target, key)
    if (below === undefined) throw missing(key)
    return set(target, key, put(below, rest, value, how))
  }
  if (how !== 'add' && child(target, key) === undefined) throw missing(key)
  if (Array.isArray(target)) {
    const index = key === '-' ? target.length : Number(key)
    if (!/^(\d+|-)$/.test(key) || index > target.length) throw missing(key)
    return target.toSpliced(index, how === 'add' ? 0 : 1, ...(value === undefined ? [] : [value]))
  }
  return set(target, key, value)
}

function set(target: Json, key: string, value: Json | undefined): Json {
  if (Array.isArray(target) && value !== undefined) return target.with(Number(key), value)
  if (!isObject(target)) throw missing(key)
  const others = Object.entries(target).filter(([each]) => each !== key)
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]])
}

function missing(key: string): StatusError {
  return unapplicable(`"${key}" is not there`)
}

function unapplicable(why: string): StatusError {
  const message = `the server rejected our request due to an error in our request: ${why}`
  return new StatusError(422, 'Invalid', message)
}
