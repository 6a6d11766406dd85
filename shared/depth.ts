/** How deep a value goes: what is nested at will takes the stack of whoever walks it. */

/**
 * @param value as `JSON.parse` has made it
 * @returns whether it has more levels of objects and arrays than `levels`. Walks without recursion
 */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
    if (level.length === 0) return false
  }
  return true
}
