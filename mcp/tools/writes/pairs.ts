/** Names and values to set or remove: labels, annotations, environment variables, resource amounts, selectors. */
import { msg } from '../../../shared/messages/create'
import { isRecord } from '../../../shared/kubernetes/fields'
import { invalid, parsedJson, readText } from './reader'

/** A value to set, or null to remove. */
export type Pairs = Record<string, string | null>

interface PairRules {
  /** True if values hold no commas or blanks, so that these separate pairs. */
  plainValues: boolean
}

const KEY = /^[A-Za-z0-9_]([-A-Za-z0-9_./]*[A-Za-z0-9_])?$/

/**
 * `a=b`, `a=b,c-`, `["a=b", "c-"]`, `{"a": "b", "c": null}` or `[{"name": "a", "value": "b"}]`.
 * @throws KubeError `invalid-arguments` for ambiguous input
 */
export function readPairs(name: string, value: unknown, rules: PairRules): Pairs {
  const pairs: Pairs = Object.create(null)
  for (const [key, each] of entriesOf(name, value, rules)) {
    if (!KEY.test(key) || key.length > 317)
      throw invalid(name, msg('pair-name-invalid', { key: key.slice(0, 80), name }))
    if (key in pairs && pairs[key] !== each) throw invalid(name, msg('pair-twice', { name, key }))
    pairs[key] = each
  }
  if (Object.keys(pairs).length === 0) throw invalid(name, msg('argument-empty', { name }))
  return { ...pairs }
}

type Entry = [string, string | null]

function entriesOf(name: string, value: unknown, rules: PairRules): Entry[] {
  if (typeof value === 'string') {
    const parsed = /^\s*[[{]/.test(value) ? parsedJson(value) : undefined
    return parsed === undefined ? ofText(name, value, rules) : entriesOf(name, parsed, rules)
  }
  if (Array.isArray(value)) return value.flatMap((each) => ofItem(name, each, rules))
  if (isRecord(value)) return Object.entries(value).map(([key, each]) => ofField(name, key, each))
  throw invalid(name, msg('argument-not-pairs', { name }))
}

function ofItem(name: string, item: unknown, rules: PairRules): Entry[] {
  if (typeof item === 'string') return ofText(name, item, rules)
  if (!isRecord(item)) throw invalid(name, msg('argument-not-pairs', { name }))
  const { name: key, key: otherKey, value, ...others } = item
  const named = key ?? otherKey
  if (typeof named !== 'string') return entriesOf(name, item, rules)
  const [other] = Object.keys(others)
  if (other !== undefined) throw invalid(name, msg('pairs-plain-values', { name, other: other.slice(0, 80) }))
  return [ofField(name, named, value)]
}

function ofField(name: string, key: string, value: unknown): Entry {
  const removal = key.endsWith('-')
  if (removal && (value === null || value === undefined || value === '' || value === true))
    return [key.slice(0, -1), null]
  if (removal) throw invalid(name, msg('pair-removes-and-sets', { key: key.slice(0, 80) }))
  if (value === null || value === undefined) return [key, null]
  if (typeof value === 'string') return [key, value]
  if (typeof value === 'number' || typeof value === 'boolean') return [key, String(value)]
  throw invalid(name, msg('pair-value-text', { key: key.slice(0, 80), name }))
}

function ofText(name: string, text: string, { plainValues }: PairRules): Entry[] {
  const parts = text
    .split(plainValues ? /[\s,]+/ : /\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return parts.map((part) => ofPart(name, part, plainValues))
}

/** The possible start of a second pair in a text whose values may hold commas and blanks. */
const SECOND_PAIR = /[\s,;]+[A-Za-z_][-\w./]*(=|-$)/

function ofPart(name: string, part: string, plainValues: boolean): Entry {
  const equals = part.indexOf('=')
  if (equals < 0) {
    if (part.endsWith('-') && !/[\s,]/.test(part)) return [part.slice(0, -1), null]
    throw invalid(name, msg('pair-no-value', { part: part.slice(0, 80), name }))
  }
  const value = part.slice(equals + 1)
  if (!plainValues && SECOND_PAIR.test(value))
    throw invalid(name, msg('pair-ambiguous', { part: part.slice(0, 80), name }))
  return [part.slice(0, equals).trim(), value]
}

/** `app=web`, or `{"app": "web"}`. */
export function readSelector(name: string, value: unknown): string {
  if (!isRecord(value)) return readText(name, value)
  return Object.entries(value)
    .map(([key, each]) => {
      if (typeof each !== 'string' && typeof each !== 'number' && typeof each !== 'boolean')
        throw invalid(name, msg('pair-value-text', { key: key.slice(0, 80), name }))
      return `${key}=${String(each)}`
    })
    .join(',')
}
