import { isRecord } from './is-record'
import { LAST_APPLIED } from './last-applied'
import { isHarmless, markerFor, REDACTED } from './marker'
import { namesSecret } from './names-secret'
import { redactText } from './redact-text'
import { isCredential, promiseOf } from './sensitive-keys'

/** Deeper than any manifest; what is below is left out, since it would take the stack of whoever walks it. */
const deepest = 200

/** Is told each string that was replaced as a whole. */
type Found = (secret: string) => void

/**
 * Returns a copy of JSON-like data without credentials: redactText for every string, Secrets' `data` and `stringData`
 * by structure (their keys and sizes stay), the values of keys that promise a credential, the `value` beside a `name`
 * that does, and the literals of a call that creates a Secret. Never throws; what is deeper than 200 levels becomes a
 * marker.
 * @param found is told each string that was replaced as a whole
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
  if (place.depth > deepest) return REDACTED
  const below = { ...place, depth: place.depth + 1 }
  if (Array.isArray(value)) return value.map((item) => walk(item, below))
  if (!isRecord(value)) return value
  const isSecret = place.inSecretList || value['kind'] === 'Secret'
  const name = typeof value['name'] === 'string' ? value['name'] : ''
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
    if (isSecret && (key === 'data' || key === 'stringData'))
      return [key, redactData(item, key === 'data', place.found)]
    if (key === LAST_APPLIED) return [key, REDACTED]
    if (isLiterals.test(key) && namesSecret(value)) return [key, redactLiterals(item, place.found)]
    const promising = key === 'value' && promiseOf(name) ? name : key
    if (promiseOf(promising)) return [key, redactCredential(promising, item, below)]
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

function redactCredential(key: string, value: unknown, below: Place): unknown {
  if (typeof value === 'number' && /passw(?:or)?d$/i.test(key)) return REDACTED
  if (typeof value !== 'string') return walk(value, below)
  if (isHarmless(value) || !isCredential(key, value)) return redactText(value)
  below.found(value)
  return REDACTED
}
