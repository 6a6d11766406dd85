import { isRecord } from './is-record'
import { LAST_APPLIED } from './last-applied'
import { isHarmless, markerFor, REDACTED } from './marker'
import { redactText } from './redact-text'
import { isSensitiveKey } from './sensitive-keys'

/** Deeper than any manifest; what is below is left out, since it would take the stack of whoever walks it. */
const deepest = 200

/**
 * Returns a copy of JSON-like data without credentials: redactText for every string, Secrets' `data` and `stringData`
 * by structure (their keys and sizes stay), the values of keys that promise a credential, and the `value` beside a
 * `name` that does. Never throws; what is deeper than 200 levels becomes a marker.
 */
export function redactValue(value: unknown): unknown {
  return walk(value, 0, false)
}

function walk(value: unknown, depth: number, inSecretList: boolean): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return REDACTED
  if (Array.isArray(value)) return value.map((item) => walk(item, depth + 1, inSecretList))
  if (!isRecord(value)) return value
  const isSecret = inSecretList || value['kind'] === 'Secret'
  const namesCredential = typeof value['name'] === 'string' && isSensitiveKey(value['name'])
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
    if (isSecret && (key === 'data' || key === 'stringData')) return [key, redactData(item, key === 'data')]
    if (key === LAST_APPLIED) return [key, REDACTED]
    if (isSensitiveKey(key) || (namesCredential && key === 'value')) return [key, redactCredential(key, item, depth)]
    return [key, walk(item, depth + 1, value['kind'] === 'SecretList' && key === 'items')]
  })
  return Object.fromEntries(entries)
}

function redactData(data: unknown, base64: boolean): unknown {
  if (data === null || data === undefined) return data
  if (!isRecord(data)) return REDACTED
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => {
      if (value === '' || value === null) return [key, value]
      return [key, typeof value === 'string' ? markerFor(value, base64) : REDACTED]
    }),
  )
}

function redactCredential(key: string, value: unknown, depth: number): unknown {
  if (typeof value === 'number' && /passw(?:or)?d$/i.test(key)) return REDACTED
  if (typeof value !== 'string') return walk(value, depth + 1, false)
  return isHarmless(value) ? value : REDACTED
}
