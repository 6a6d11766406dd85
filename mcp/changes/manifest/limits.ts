/** How large and how deep JSON from a model may be. Looked at without recursion, since a text may be nested at will. */

/** In characters. */
export const MAX_CHARS = 128 * 1024

/** Levels of objects and lists. */
export const MAX_DEPTH = 64

/** Set on an object by assignment, it would change the object's prototype. */
export const FORBIDDEN_KEY = '__proto__'

export type LimitProblem = 'too-long' | 'too-deep' | 'key'

/** What about a value exceeds the limits, if anything does. */
export function limitProblem(value: unknown): LimitProblem | undefined {
  let chars = 0
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return 'too-deep'
    const below: unknown[] = []
    for (const each of level) {
      chars += typeof each === 'string' ? each.length : 1
      if (typeof each !== 'object' || each === null) continue
      if (!Array.isArray(each)) {
        const keys = Object.keys(each)
        if (keys.includes(FORBIDDEN_KEY)) return 'key'
        for (const key of keys) chars += key.length
      }
      for (const item of Object.values(each)) below.push(item)
    }
    if (chars > MAX_CHARS) return 'too-long'
    level = below
  }
  return undefined
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
