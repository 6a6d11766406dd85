/** Work shared by several callers: one caller's abort does not end it for the others. */

/** Longer answers are not worth waiting for. In milliseconds. */
const MAX_MS = 30_000

/** A signal for the shared work. */
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
