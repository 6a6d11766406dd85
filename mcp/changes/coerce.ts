/**
 * Validates a model's arguments against a tool's schema and converts unambiguous values: `"2"` becomes 2, `"true"`
 * becomes true, an optional null is dropped.
 */
import type { Message } from '../../shared/messages/message'
import { msg } from '../../shared/messages/create'
import { z } from 'zod'
import { KubeError } from '../kubernetes/errors/errors'
import { isRecord } from '../../shared/kubernetes/fields'
import { limitProblem, MAX_CHARS, MAX_DEPTH } from './manifest/limits'

const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array'] as const
type Type = (typeof TYPES)[number]

interface Schema {
  type?: Type | Type[] | undefined
  enum?: string[] | undefined
  minimum?: number | undefined
  maximum?: number | undefined
  items?: Schema | undefined
  properties?: Record<string, Schema> | undefined
  /** The schema of values under free names. */
  additionalProperties?: boolean | Schema | undefined
}

/** The subset of JSON Schema that our tools use. */
const schemaSchema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    type: z.union([z.enum(TYPES), z.array(z.enum(TYPES))]).optional(),
    enum: z.array(z.string()).optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    items: schemaSchema.optional(),
    properties: z.record(z.string(), schemaSchema).optional(),
    additionalProperties: z.union([z.boolean(), schemaSchema]).optional(),
  }),
)

export interface CoerceOptions {
  /** Argument aliases; lower case, without `_` and `-`. */
  aliases?: Readonly<Record<string, string>>
}

/**
 * @param raw the unvalidated arguments of `tools/call`
 * @param properties JSON Schemas of the arguments by name
 * @param required names of the required arguments
 * @returns the arguments by schema name, without nulls and empty texts
 * @throws KubeError `invalid-arguments` naming the argument and its valid values
 */
export function coerceArguments(
  raw: unknown,
  properties: Record<string, object>,
  required: readonly string[] = [],
  { aliases = {} }: CoerceOptions = {},
): Record<string, unknown> {
  const given = recordOf(raw)
  const args = new Map<string, unknown>()
  for (const [written, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === '') continue
    const name = nameOf(written, properties, aliases)
    if (name === undefined) throw unknownArgument(written, properties)
    const coerced = coerce(value, schemaSchema.parse(properties[name]), name)
    if (coerced === undefined) continue
    if (args.has(name)) throw invalid(name, msg('argument-twice', { name }))
    args.set(name, coerced)
  }
  const missing = required.find((name) => !args.has(name))
  if (missing !== undefined) throw invalid(missing, msg('argument-missing', { name: missing }))
  return Object.fromEntries(args)
}

function recordOf(raw: unknown): Record<string, unknown> {
  if (raw === null || raw === undefined || raw === '') return {}
  const value = typeof raw === 'string' ? parsed(raw) : raw
  if (!isRecord(value)) throw invalid('arguments', msg('arguments-not-object'))
  switch (limitProblem(value)) {
    case 'too-deep':
      throw invalid('arguments', msg('arguments-too-deep', { levels: MAX_DEPTH }))
    case 'too-long':
      throw invalid('arguments', msg('arguments-too-long', { size: MAX_CHARS / 1024 }))
    case 'key':
      throw invalid('arguments', msg('arguments-field-name'))
    case undefined:
      return value
  }
}

function nameOf(
  written: string,
  properties: Record<string, object>,
  aliases: Readonly<Record<string, string>>,
): string | undefined {
  if (Object.hasOwn(properties, written)) return written
  const plain = plainName(written)
  const alias = Object.hasOwn(aliases, plain) ? aliases[plain] : undefined
  if (alias !== undefined && Object.hasOwn(properties, alias)) return alias
  return Object.keys(properties).find((name) => plainName(name) === plain)
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '')
}

/** @returns undefined if the value means "nothing" */
function coerce(value: unknown, schema: Schema, name: string): unknown {
  const { type = [...TYPES] } = schema
  const types = Array.isArray(type) ? type : [type]
  const exact = types.find((each) => hasType(value, each))
  if (exact) return checked(value, exact, schema, name)
  // Tries text last: it accepts every scalar.
  for (const each of types.toSorted((one, other) => Number(one === 'string') - Number(other === 'string'))) {
    const converted = convert(value, each)
    if (converted === NOTHING) return undefined
    if (converted !== undefined) return checked(converted, each, schema, name)
  }
  throw invalid(name, msg('argument-not-type', { name, type: anyOf(types.map((each) => WORDS[each])) }))
}

const WORDS: Record<Type, Message> = {
  string: msg('type-text'),
  integer: msg('type-integer'),
  number: msg('type-number'),
  boolean: msg('type-boolean'),
  object: msg('type-object'),
  array: msg('type-list'),
}

function hasType(value: unknown, type: Type): boolean {
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value)
    case 'number':
      return Number.isFinite(value)
    case 'string':
    case 'boolean':
      return typeof value === type
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isRecord(value)
  }
}

const NOTHING = Symbol('nothing')
const NOTHING_WORDS = new Set(['', 'null', 'none', 'undefined'])
const YES = new Set(['true', 'yes', '1'])
const NO = new Set(['false', 'no', '0'])

/** @returns undefined if the value is ambiguous */
function convert(value: unknown, type: Type): unknown {
  const text = typeof value === 'string' ? value.trim() : undefined
  if (type !== 'string' && text !== undefined && NOTHING_WORDS.has(text.toLowerCase())) return NOTHING
  switch (type) {
    case 'string':
      if (typeof value === 'number' || typeof value === 'boolean') return String(value)
      return Array.isArray(value) && value.length === 1 && typeof value[0] === 'string' ? value[0] : undefined
    case 'integer':
    case 'number': {
      const number = text !== undefined && /^[-+]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
      return number !== undefined && hasType(number, type) ? number : undefined
    }
    case 'boolean': {
      const word = typeof value === 'number' ? String(value) : (text ?? '').toLowerCase()
      return YES.has(word) ? true : NO.has(word) ? false : undefined
    }
    case 'object':
    case 'array': {
      const inner = text === undefined ? undefined : parsed(text)
      if (inner !== undefined && limitProblem(inner) === undefined && hasType(inner, type)) return inner
      return type === 'array' && !isRecord(value) ? [value] : undefined
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function checked(value: unknown, type: Type, schema: Schema, name: string): unknown {
  switch (type) {
    case 'string':
      return typeof value === 'string' && schema.enum ? oneOf(value, schema.enum, name) : value
    case 'integer':
    case 'number': {
      const { minimum = -Infinity, maximum = Infinity } = schema
      if (typeof value === 'number' && (value < minimum || value > maximum))
        throw invalid(name, outOfRange(name, minimum, maximum))
      return value
    }
    case 'boolean':
      return value
    case 'array': {
      const { items } = schema
      return items && Array.isArray(value) ? value.map((each) => coerceInner(each, items, name)) : value
    }
    case 'object':
      return isRecord(value) ? fieldsOf(value, schema, name) : value
  }
}

function oneOf(value: string, words: string[], name: string): string {
  const word = words.find((each) => plainName(each) === plainName(value.trim()))
  if (word === undefined) throw invalid(name, msg('argument-one-of', { name, words: words.join(', ') }))
  return word
}

function outOfRange(name: string, minimum: number, maximum: number): Message {
  if (maximum === Infinity) return msg('argument-too-small', { name, minimum })
  return minimum === -Infinity
    ? msg('argument-too-large', { name, maximum })
    : msg('argument-out-of-range', { name, minimum, maximum })
}

function anyOf(types: readonly Message[]): Message {
  const [first = WORDS.string, ...others] = types
  return others.reduce((before, last) => msg('either', { first: before, last }), first)
}

/** Fields keep null, which removes a field in a patch. */
function fieldsOf(value: Record<string, unknown>, schema: Schema, name: string): Record<string, unknown> {
  const { properties = {}, additionalProperties } = schema
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => {
    const own = Object.hasOwn(properties, key) ? properties[key] : undefined
    const inner = own ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
    if (!inner && additionalProperties === false)
      throw invalid(name, msg('argument-no-field', { name, key: shown(key), keys: Object.keys(properties).join(', ') }))
    return [key, inner ? coerceInner(each, inner, `${name}.${shown(key)}`) : each]
  })
  return Object.fromEntries(entries)
}

function coerceInner(value: unknown, schema: Schema, name: string): unknown {
  return value === null ? null : (coerce(value, schema, name) ?? null)
}

function unknownArgument(written: string, properties: Record<string, object>): KubeError {
  const names = Object.keys(properties).join(', ')
  return invalid(written, msg('argument-unknown', { written: shown(written), names }))
}

function shown(name: string): string {
  return name.replace(/\s+/g, ' ').slice(0, 80)
}

function invalid(argument: string, detail: Message): KubeError {
  return new KubeError('invalid-arguments', detail, { argument: shown(argument) })
}
