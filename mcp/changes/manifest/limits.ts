/** Limits on size and depth of a model's JSON. Checked without recursion, since nesting may be arbitrary. */

/** In characters. */
export const MAX_CHARS = 128 * 1024

/** Levels of objects and lists. */
export const MAX_DEPTH = 64

/** Assigning this key would change an object's prototype. */
export const FORBIDDEN_KEY = '__proto__'

export type LimitProblem = 'too-long' | 'too-deep' | 'key'

/** The first exceeded limit, if any. */
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
