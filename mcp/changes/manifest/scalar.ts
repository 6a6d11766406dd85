/**
 * Reads unquoted scalars as Kubernetes does: go.yaml.in/yaml/v2 (`resolve.go`), i.e. YAML 1.1 without base 60 but with
 * Go's integer literals. Timestamps stay text.
 */

export type Scalar = string | number | boolean | null

export type ScalarReading = { value: Scalar } | { problem: 'not-a-number' | 'too-large' | 'too-small' }

const TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'])
const FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'])
const NULL = new Set(['', '~', 'null', 'Null', 'NULL'])
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/

const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)$/
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/
/** After a leading point, underscores are allowed only between digits. */
const UNDERSCORED_FRACTION = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/

/** @param text an unquoted, folded scalar */
export function readScalar(text: string): ScalarReading {
  if (NULL.has(text)) return { value: null }
  if (TRUE.has(text)) return { value: true }
  if (FALSE.has(text)) return { value: false }
  if (NOT_FINITE.test(text)) return { problem: 'not-a-number' }
  if (!/^[-+.0-9]/.test(text)) return { value: text }
  if (text.startsWith('.') && !UNDERSCORED_FRACTION.test(text)) return { value: text }
  // Underscores are allowed anywhere after the first character.
  const plain = text.replaceAll('_', '')
  const [, sign, digits] = INTEGER.exec(plain) ?? []
  if (digits !== undefined) return safeNumber(integer(digits), sign)
  return FLOAT.test(plain) ? readFloat(plain) : { value: text }
}

/** Numbers that all JSON readers agree on; also used for numbers in JSON. */
export function readFloat(text: string): ScalarReading {
  const value = Number(text)
  if (value === 0 && /[1-9]/.test(text.replace(/[eE].*/, ''))) return { problem: 'too-small' }
  return safeNumber(value, '')
}

function safeNumber(value: number, sign = ''): ScalarReading {
  if (!Number.isFinite(value)) return { problem: 'too-large' }
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return { problem: 'too-large' }
  // JSON does not distinguish `-0`.
  return { value: value === 0 ? 0 : sign === '-' ? -value : value }
}

function integer(digits: string): number {
  if (/^0[0-7]+$/.test(digits)) return Number(BigInt(`0o${digits.slice(1)}`))
  return Number(BigInt(digits.toLowerCase()))
}

/** True if a person could misread the text: `0644`, `yes`, `1.10`. */
export function isSurprising(text: string, value: Scalar): boolean {
  if (value === null || typeof value === 'string') return false
  return text.toLowerCase() !== String(value)
}
