import { charSet, skip } from './text/chars'

const base64Letters = charSet(/[A-Za-z0-9+/]/)

/** Replaces a secret. In the form of kubectl's own `<none>`, which is plain in YAML, tables and prose. */
export const REDACTED = '<redacted>'

/** A marker with the secret's size in bytes. */
function redactedBytes(bytes: number): string {
  return `<redacted, ${bytes} bytes>`
}

/**
 * The marker for a Secret's value. `base64`: the value is encoded as in `data`, and the size is that of the decoded
 * bytes. An already masked value has no size.
 */
export function markerFor(value: string, base64: boolean): string {
  if (/^<redacted(?:, \d+ bytes)?>$/.test(value)) return value
  if (value.length < 64 && /^(?:~|null|none|<[^<>]*>|\*+|x{3,})$/i.test(value)) return REDACTED
  if (!base64) return redactedBytes(new TextEncoder().encode(value).length)
  const compact = value.replace(/\s+/g, '')
  const padding = compact.endsWith('==') ? 2 : compact.endsWith('=') ? 1 : 0
  const letters = compact.length - padding
  if (compact.length % 4 !== 0 || skip(compact, 0, base64Letters) < letters) return REDACTED
  return redactedBytes((compact.length / 4) * 3 - padding)
}
