/** Bounds work that has no end of its own. */

/** @throws Error with `words` after the time; the signal's reason when aborted */
export async function within<T>(ms: number, work: Promise<T>, words: string, signal: AbortSignal): Promise<T> {
  // What loses the race may still fail, and then nobody listens.
  work.catch(() => undefined)
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`${words} within ${ms / 1000} s`)), ms)
  const aborted = () => reject(signal.reason)
  signal.addEventListener('abort', aborted, { once: true })
  if (signal.aborted) aborted()
  try {
    return await Promise.race([work, promise])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', aborted)
  }
}
