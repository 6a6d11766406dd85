/** What JSON arguments are made of, however deep: looked at without recursion, since a model's text may be nested at will. */

import { quoted } from '#shared/text/quoted'

/** Deeper than any manifest as an object. */
export const MAX_DEPTH = 64

/** A value that `JSON.parse` has made, in one walk. */
export interface Plain {
  depth: number
  /** Characters of all strings and keys. */
  chars: number
}

/** How deep and how large a value is. Stops counting once it is deeper than `MAX_DEPTH`. */
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

/** All strings in a value that `measure` found shallow enough. */
export function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(strings)
  return []
}

export { quoted }

/** What a model has written in the place of a text, whatever it is: an object may have a `toString` that is none. */
export function words(value: unknown): string {
  return quoted(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'))
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
