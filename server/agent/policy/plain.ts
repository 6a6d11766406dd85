/** Measures JSON arguments without recursion, since a model's text may be nested arbitrarily. */

import { quoted } from '#shared/text/quoted'

/** Deeper than any manifest. */
export const MAX_DEPTH = 64

/** Measures of a value from `JSON.parse`. */
export interface Plain {
  depth: number
  /** Characters of all strings and keys. */
  chars: number
}

/** Depth and size of a value. Stops at `MAX_DEPTH`. */
export function measure(value: unknown): Plain {
  let depth = 0
  let chars = 0
  let level: unknown[] = [value]
  while (level.length > 0 && depth <= MAX_DEPTH) {
    const below: unknown[] = []
    for (const each of level) {
      if (typeof each === 'string') chars += each.length
      if (typeof each !== 'object' || each === null) continue
      if (!Array.isArray(each)) for (const key of Object.keys(each)) chars += key.length
      for (const item of Object.values(each)) below.push(item)
    }
    if (below.length > 0) depth++
    level = below
  }
  return { depth, chars }
}

/** All strings of a value that is not too deep according to `measure`. */
export function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(strings)
  return []
}

export { quoted }

/** A value that a model wrote instead of a text: an object's `toString` may not be a function. */
export function words(value: unknown): string {
  return quoted(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'))
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
