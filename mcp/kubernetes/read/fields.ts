/** Reads fields of untyped objects; a missing field is an empty text. */
import { formatAge } from '../../../shared/kubernetes/durations'
import { at, isRecord } from '../../../shared/kubernetes/fields'

export { at, listAt, numberAt } from '../../../shared/kubernetes/fields'

/** A text, number or boolean as text; `''` for anything else. */
export function textAt(value: unknown, ...path: string[]): string {
  const found = at(value, ...path)
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : ''
}

export function recordAt(value: unknown, ...path: string[]): Record<string, unknown> {
  const found = at(value, ...path)
  return isRecord(found) ? found : {}
}

/** `app=web, tier=front`: a flat record as kubectl prints labels. */
export function pairsAt(value: unknown, ...path: string[]): string {
  return Object.entries(recordAt(value, ...path))
    .map(([name, each]) => `${name}=${textAt(each)}`)
    .join(', ')
}

/** `command --flag value` from a list of words. */
export function wordsAt(value: unknown, ...path: string[]): string {
  const found = at(value, ...path)
  return Array.isArray(found) ? found.map((word) => textAt(word)).join(' ') : ''
}

/**
 * The age of an RFC 3339 time as kubectl prints it; `<unknown>` without a time.
 * @param now milliseconds since the epoch
 */
export function ageOf(time: unknown, now: number): string {
  return formatAge((now - (typeof time === 'string' ? Date.parse(time) : NaN)) / 1000)
}
