/** Work that several callers wait for: one of them that gives up does not end it for the others. */

/** No answer that is worth waiting for takes longer. In milliseconds. */
const MAX_MS = 30_000

/** A signal for the work itself. */
export function ownSignal(): AbortSignal {
  return AbortSignal.timeout(MAX_MS)
}

/** @throws the reason of the caller's signal */
export async function waitFor<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = () => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
