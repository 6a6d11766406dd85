import { promiseOf } from '#shared/redact/key'
import { LAST_APPLIED } from '../detectors/manifests/last-applied'
import { markerFor, REDACTED } from '../marker'
import { redactText } from '../redact-text'
import { isRecord } from '../values/is-record'
import { isCredential, isTakenBelow } from '../values/taken'
import { namesSecret } from './names-secret'

/** Deeper than any manifest; deeper parts are dropped, since they could overflow a recursive reader's stack. */
const DEEPEST = 200

/** Receives each string that was replaced as a whole. */
type Found = (secret: string) => void

/**
 * Returns a copy of JSON-like data without credentials: redactText for every string, Secrets' `data` and `stringData`
 * by structure (keys and sizes stay), values of telling names, the `value` beside a telling `name`, the argument after
 * such a flag, and the literals of a call that creates a Secret. Never throws; parts below 200 levels become a marker.
 * @param found receives each string that was replaced as a whole
 */
export function redactValue(value: unknown, found: Found = () => {}): unknown {
  return walk(value, { depth: 0, inSecretList: false, found })
}

interface Place {
  depth: number
  inSecretList: boolean
  found: Found
}

function walk(value: unknown, place: Place): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return value
  if (place.depth > DEEPEST) return REDACTED
  const below = { ...place, depth: place.depth + 1 }
  if (Array.isArray(value)) return value.map((item, index) => walkItem(item, value[index - 1], below))
  return isRecord(value) ? walkObject(value, below) : value
}

/** In an argument list, `--password` is followed by its value. */
function walkItem(item: unknown, before: unknown, below: Place): unknown {
  const isFlag = typeof before === 'string' && before.length < 200 && /^--?[\w.-]+$/.test(before)
  if (isFlag && typeof item === 'string' && !item.startsWith('-') && isCredential(before, item))
    return hide(item, below)
  return walk(item, below)
}

function walkObject(value: Record<string, unknown>, below: Place): Record<string, unknown> {
  const isSecret = below.inSecretList || value['kind'] === 'Secret'
  const isSealed = value['kind'] === 'SealedSecret'
  const name = ['name', 'key'].map((field) => value[field]).find((each) => typeof each === 'string' && promiseOf(each))
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
    if (isSecret && (key === 'data' || key === 'stringData'))
      return [key, redactData(item, key === 'data', below.found)]
    if (key === LAST_APPLIED) return [key, item === '' ? item : REDACTED]
    if (isLiterals.test(key) && namesSecret(value)) return [key, redactLiterals(item, below.found)]
    // Only a controller in the cluster can decrypt these.
    if (isSealed && key === 'spec') return [key, item]
    const isNamed = typeof name === 'string' && /^(?:value|default|defaultValue)$/.test(key)
    if (isNamed) return [key, redactCredential(name, item, below)]
    if (promiseOf(key)) return [key, redactCredential(key, item, below)]
    return [key, walk(item, { ...below, inSecretList: value['kind'] === 'SecretList' && key === 'items' })]
  })
  return Object.fromEntries(entries)
}

function redactData(data: unknown, base64: boolean, found: Found): unknown {
  if (data === null || data === undefined) return data
  if (!isRecord(data)) return REDACTED
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      if (value === '' || value === null) return [key, value]
      if (typeof value !== 'string') return [key, REDACTED]
      found(base64 ? Buffer.from(value, 'base64').toString('utf8') : value)
      return [key, markerFor(value, base64)]
    }),
  )
}

/** mcp-server-kubernetes: `["key=x"]` or `[{key, content}]` beside `resourceType: secret`. */
const isLiterals = /^(?:--)?from-?(?:literal|file-?content)$/i

function redactLiterals(literals: unknown, found: Found): unknown {
  if (Array.isArray(literals)) return literals.map((each) => redactLiterals(each, found))
  if (isRecord(literals) && typeof literals['content'] === 'string') {
    found(literals['content'])
    return { ...literals, content: REDACTED }
  }
  if (typeof literals !== 'string') return literals
  const at = literals.indexOf('=') + 1
  found(literals.slice(at))
  return literals.slice(0, at) + REDACTED
}

/** The value of a telling name: a text, a number, a list of them, or an object that contains one. */
function redactCredential(key: string, value: unknown, below: Place): unknown {
  if (typeof value === 'number') return isCredential(key, String(value)) ? REDACTED : value
  if (typeof value === 'string') return isCredential(key, value) ? hide(value, below) : redactText(value)
  if (Array.isArray(value) && below.depth <= DEEPEST)
    return value.map((item) => (typeof item === 'string' ? redactCredential(key, item, below) : walk(item, below)))
  const promise = promiseOf(key)
  if (!isRecord(value) || !promise) return walk(value, below)
  const entries = Object.entries(value).map(([child, item]): [string, unknown] => {
    const taken = typeof item === 'string' && isTakenBelow(promise, child, item)
    return [child, taken ? hide(item, below) : item]
  })
  return walk(Object.fromEntries(entries), below)
}

function hide(value: string, { found }: Place): string {
  found(value)
  return REDACTED
}
