import { redactText } from '../redact/redact-text'
import { redactValue } from '../redact/structured/redact-value'
import { sanitizeText } from './sanitize'

/** Deeper than redactValue goes. */
const deepest = 200

/**
 * Removes hidden characters and then credentials, in this order, since an invisible character inside a token hides it.
 * For error messages and other texts outside presentResult.
 */
export function cleanText(text: string): string {
  return redactText(sanitizeText(text))
}

/** The same for JSON-like data such as a call's arguments, including names. */
export function cleanValue(value: unknown): unknown {
  return redactValue(sanitized(value, 0))
}

function sanitized(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return sanitizeText(value)
  if (typeof value !== 'object' || value === null || depth > deepest) return value
  if (Array.isArray(value)) return value.map((item) => sanitized(item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [sanitizeText(key), sanitized(item, depth + 1)]))
}
