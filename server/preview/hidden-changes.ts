/** Finds the changes that a redacted diff cannot show: two values that differ and look alike. */
import { isDeepStrictEqual } from 'node:util'
import { sanitizeText } from '../results'
import { isRecord } from './fields'

/**
 * Compares two objects with what is shown of them.
 * @returns the paths of values that differ though they are shown alike or in part, e.g. `data.password`
 */
export function hiddenChanges(before: unknown, after: unknown, beforeShown: unknown, afterShown: unknown): string[] {
  const paths: string[] = []
  compare([before, after], [beforeShown, afterShown], '', paths)
  return paths
}

function compare(
  [a, b]: [unknown, unknown],
  [shownA, shownB]: [unknown, unknown],
  path: string,
  paths: string[],
): void {
  if (isDeepStrictEqual(a, b)) return
  if (isRecord(a) && isRecord(b) && isRecord(shownA) && isRecord(shownB)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const clean = sanitizeText(key)
      compare([a[key], b[key]], [shownA[clean], shownB[clean]], path ? `${path}.${clean}` : clean, paths)
    }
  } else if (Array.isArray(a) && Array.isArray(b) && Array.isArray(shownA) && Array.isArray(shownB)) {
    for (let index = 0; index < Math.max(a.length, b.length); index++)
      compare([a[index], b[index]], [shownA[index], shownB[index]], `${path}[${index}]`, paths)
  } else if (isDeepStrictEqual(shownA, shownB) || (hides(shownA) && hides(shownB))) {
    paths.push(path)
  }
}

function hides(shown: unknown): boolean {
  return typeof shown === 'string' && shown.includes('<redacted')
}
