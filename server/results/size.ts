/** The size of results, for the bounds of the memory that keeps them. */
import { oncePer } from '#shared/once-per'
import type { ResultPart } from '#shared/result'

/** Bytes beside each text: its place in an array. */
const OVERHEAD = 16

/**
 * The approximate bytes of a result's texts, measured once: all that keep a result need its size, which takes
 * milliseconds to add up for megabytes.
 */
export const resultBytes: (part: ResultPart) => number = oncePer(bytesOf)

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return value.length + OVERHEAD
  if (typeof value !== 'object' || value === null) return OVERHEAD
  let bytes = OVERHEAD
  for (const each of Array.isArray(value) ? value : Object.values(value)) bytes += bytesOf(each)
  return bytes
}
