/** The arguments of a tool call as a person reads them: one `key: value` a line, in the order they came. */
export interface Argument {
  key: string
  value: string
}

/** @returns the arguments of an object; a single nameless one for anything else, none where there is nothing. */
export function readArguments(input: unknown): Argument[] {
  if (input === undefined || input === null) return []
  if (typeof input !== 'object' || Array.isArray(input)) return [{ key: '', value: readValue(input) }]
  return Object.entries(input).map(([key, value]) => ({ key, value: readValue(value) }))
}

function readValue(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '""' : value
  return JSON.stringify(value, undefined, typeof value === 'object' ? 2 : undefined) ?? ''
}
