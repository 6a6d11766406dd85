/** How often a live result is read again. */

/** Between two reads, in milliseconds. */
const USUAL_MS = 5000
const SLOWEST_MS = 60_000
/** A read that takes long costs the cluster much: it pauses for this many times its own duration. */
const REST = 10

export interface Pace {
  /** Milliseconds until the next read. */
  wait: number
  /** Times that the server refused in a row because of too many reads. */
  refusals: number
}

export const START_PACE: Pace = { wait: USUAL_MS, refusals: 0 }

/** @param durationMs of the read that just ended */
export function paceAfterRead(durationMs: number): Pace {
  return { wait: Math.min(SLOWEST_MS, Math.max(USUAL_MS, durationMs * REST)), refusals: 0 }
}

/**
 * Slower with each refusal in a row.
 * @param seconds that the server asked to wait
 */
export function paceAfterRefusal({ refusals }: Pace, seconds: number): Pace {
  const slower = USUAL_MS * 2 ** (refusals + 1)
  return { wait: Math.min(SLOWEST_MS, Math.max(slower, seconds * 1000)), refusals: refusals + 1 }
}
