/** Objects as their single values, by path. */
import { isDeepStrictEqual } from 'node:util'
import { pathText } from '../../changes/field-path'

/** Every value that is neither an object nor a list with something in it, by its path. */
export function leaves(value: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>()
  collect(value, [], found)
  return found
}

function collect(value: unknown, path: readonly string[], found: Map<string, unknown>): void {
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    for (const [key, each] of Object.entries(value))
      collect(each, [...path, Array.isArray(value) ? `[${key}]` : key], found)
    return
  }
  if (path.length > 0) found.set(pathText(path), value)
}

export interface FieldChange {
  path: string
  before: unknown
  after: unknown
}

/** The single values that differ, in the order of the paths. */
export function fieldChanges(before: unknown, after: unknown): FieldChange[] {
  const [old, next] = [leaves(before), leaves(after)]
  return [...new Set([...old.keys(), ...next.keys()])]
    .sort()
    .map((path) => ({ path, before: old.get(path), after: next.get(path) }))
    .filter((each) => !isDeepStrictEqual(each.before, each.after))
}

/** A copy in which the values at these paths are replaced. */
export function withReplaced(
  value: unknown,
  paths: ReadonlySet<string>,
  text: string,
  path: readonly string[] = [],
): unknown {
  if (path.length > 0 && paths.has(pathText(path))) return text
  if (Array.isArray(value)) return value.map((each, index) => withReplaced(each, paths, text, [...path, `[${index}]`]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withReplaced(each, paths, text, [...path, key])]),
  )
}
