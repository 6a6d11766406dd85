/** JSON that a tool was given as a value or as its text, and what must not be written. */
import { isRecord } from '../../../shared/kubernetes/health/fields'
import { MASK } from '../../kubernetes/mask'
import { invalid, parsedJson } from './reader'

/**
 * The value, or the one that its text holds.
 * @throws KubeError `invalid-arguments` for a text that is not JSON
 */
export function readJson(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  const parsed = parsedJson(value)
  if (parsed !== undefined) return parsed
  throw invalid(name, `The argument ${name} is not valid JSON.`)
}

/**
 * What this server masks when it reads must not be written back in place of the real value.
 * @throws KubeError `invalid-arguments` that names the field
 */
export function checkUnmasked(name: string, value: unknown): void {
  const path = pathOf(value, (each) => typeof each === 'string' && each.includes(MASK))
  if (path === undefined) return
  throw invalid(
    name,
    `${path || name} is ${MASK} in place of its value, which was hidden when it was read. Leave this field out.`,
  )
}

/** Path of the first value that fits; undefined if there is none. */
function pathOf(value: unknown, fits: (each: unknown) => boolean, path: string[] = []): string | undefined {
  if (fits(value)) return path.join('.')
  if (!isRecord(value) && !Array.isArray(value)) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = pathOf(inner, fits, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}
