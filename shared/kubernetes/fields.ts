/** Reads fields of untyped objects: a wrong type counts as an absent field. */

/** True for an object with fields: not null, not a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path of field names; undefined if one is missing. */
export function at(value: unknown, ...path: string[]): unknown {
  let current = value
  for (const field of path) {
    if (!isRecord(current)) return undefined
    current = current[field]
  }
  return current
}

/** The non-empty text at a path. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

export function numberAt(value: unknown, ...path: string[]): number | undefined {
  const found = at(value, ...path)
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined
}

/** The list at a path; empty if there is none. */
export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

/** The RFC 3339 time at a path, in milliseconds since the epoch. */
export function timeAt(value: unknown, ...path: string[]): number | undefined {
  const found = textAt(value, ...path)
  const time = found === undefined ? Number.NaN : Date.parse(found)
  return Number.isNaN(time) ? undefined : time
}
