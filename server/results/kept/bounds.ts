/** How many results are kept. */

export interface Bound {
  results: number
  /** Approximate size of their texts. */
  bytes: number
}

const MIB = 1024 * 1024

/** For one process, or for all replicas that share a Redis, which has its own limit of memory. */
export const BOUNDS = {
  conversation: { results: 20, bytes: 16 * MIB },
  user: { results: 100, bytes: 48 * MIB },
  process: { results: 1000, bytes: 128 * MIB },
} satisfies Record<string, Bound>

/**
 * The entries to drop so that the others are within the bound.
 * @param entries the least recently used first
 */
export function excess<T extends { bytes: number }>(entries: readonly T[], { results, bytes }: Bound): T[] {
  let size = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  let dropped = 0
  while (entries.length - dropped > results || size > bytes) size -= entries[dropped++]?.bytes ?? size
  return entries.slice(0, dropped)
}
