/** What stands where a secret stood. Shaped like kubectl's own `<none>`: plain in YAML, in tables and in prose. */

export const REDACTED = '<redacted>'

/** The marker that also says how long the secret was, in bytes. */
export function redactedBytes(bytes: number): string {
  return `<redacted, ${bytes} bytes>`
}

const marker = /^<redacted(?:, \d+ bytes)?>$/

const nothing = /^(?:|~|null|nil|none|true|false|undefined|\{\}|\[\]|""|'')$/i
const placeholder = /^(?:<[^>]*>(?:\s.*)?|\d+ bytes|\*+|x{3,}|\$\{[^}]*\}|\$\([^)]*\))$/i

/** Where a credential is mounted, which is none itself. */
const path = /^\/(?:var|run|etc|tmp|home|mnt|secrets?|vault|opt|usr|root|app|data|config)(?:\/[\w.-]+)+$/

/** True for what stands in a secret's place and is none: a marker, `<none>`, `14 bytes`, `***`, `$(VAR)`, a path, `true`, nothing. */
export function isHarmless(value: string): boolean {
  return value.length < 400 && (nothing.test(value) || placeholder.test(value) || path.test(value))
}

/**
 * The marker for a value of a Secret. `base64` says that the value is what `data` holds; its size is then that of the
 * decoded bytes. A value that some server has masked already has no size.
 */
export function markerFor(value: string, base64: boolean): string {
  if (marker.test(value)) return value
  if (isHarmless(value) && value !== '') return REDACTED
  if (!base64) return redactedBytes(new TextEncoder().encode(value).length)
  const compact = value.replace(/\s+/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return REDACTED
  const padding = compact.endsWith('==') ? 2 : compact.endsWith('=') ? 1 : 0
  return redactedBytes((compact.length / 4) * 3 - padding)
}
