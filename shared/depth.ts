/** Limits nesting: deep values overflow the stack of recursive code. */

/**
 * @param value from `JSON.parse`
 * @returns whether objects and arrays nest deeper than `levels`. Not recursive
 */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
    if (level.length === 0) return false
  }
  return true
}
