/** The size of results, for the bounds of the memory that keeps them. */
import type { ResultPart } from '#shared/result'

/** Bytes beside each text: its place in an array. */
const OVERHEAD = 16

/** All that keep a result need its size, which takes milliseconds to add up for megabytes. Results never change. */
const sizes = new WeakMap<ResultPart, number>()

/** The approximate bytes of a result's texts, measured once. */
export function resultBytes(part: ResultPart): number {
  const known = sizes.get(part)
  if (known !== undefined) return known
  const bytes = bytesOf(part)
  sizes.set(part, bytes)
  return bytes
}

function bytesOf(value: unknown): number {
  if (typeof value === 'string') return value.length + OVERHEAD
  if (typeof value !== 'object' || value === null) return OVERHEAD
  let bytes = OVERHEAD
  for (const each of Array.isArray(value) ? value : Object.values(value)) bytes += bytesOf(each)
  return bytes
}
