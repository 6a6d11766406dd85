/** Work shared by several callers. */

/** Longer answers are not worth waiting for. In milliseconds. */
const MAX_MS = 30_000

/** A signal for the shared work. */
export function ownSignal(): AbortSignal {
  return AbortSignal.timeout(MAX_MS)
}
