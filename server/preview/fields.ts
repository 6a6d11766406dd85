/** Reading JSON-like data whose shape nobody promised. */
import { isRecord } from '../results/redact/is-record'

export { isRecord }

/** The text at a key that is set and not empty. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

/** The mapping at a path, or an empty one. */
export function recordAt(value: unknown, ...path: string[]): Record<string, unknown> {
  const found = at(value, ...path)
  return isRecord(found) ? found : {}
}

export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value)
}

/** A copy with another value at the path; mappings on the way are made where they are missing. */
export function withValue(
  value: Record<string, unknown>,
  [key = '', ...rest]: string[],
  next: unknown,
): Record<string, unknown> {
  if (rest.length > 0) return { ...value, [key]: withValue(recordAt(value, key), rest, next) }
  if (next !== undefined) return { ...value, [key]: next }
  const { [key]: _, ...others } = value
  return others
}
