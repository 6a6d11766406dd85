/** Flattens values to single values by path. */
import { pathText } from '../../changes/field-path'
import type { FieldPath } from '../../changes/field-path'

/** Every scalar and every empty object or list, by its path. */
export function leaves(value: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>()
  collect(value, [], found)
  return found
}

function collect(value: unknown, path: FieldPath, found: Map<string, unknown>): void {
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    for (const [key, each] of Object.entries(value))
      collect(each, [...path, Array.isArray(value) ? Number(key) : key], found)
    return
  }
  if (path.length > 0) found.set(pathText(path), value)
}
