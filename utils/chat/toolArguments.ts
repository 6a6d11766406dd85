/** A tool call's arguments for display: one `key: value` for each line, in order. */
export interface Argument {
  key: string
  value: string
}

/** @returns an object's arguments; a single unnamed one for other values, none for no value */
export function readArguments(input: unknown): Argument[] {
  if (input === undefined || input === null) return []
  if (typeof input !== 'object' || Array.isArray(input)) return [{ key: '', value: readValue(input) }]
  return Object.entries(input).map(([key, value]) => ({ key, value: readValue(value) }))
}

function readValue(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : value
  return JSON.stringify(value, undefined, typeof value === 'object' ? 2 : undefined) ?? ''
}
