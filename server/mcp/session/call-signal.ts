/** The signal of one call. */

/**
 * Aborts with the first of its sources until it is released. The SDK never removes its listener, so a signal that lives
 * as long as the session would keep every result, and an abort would cancel answered calls.
 */
export function callSignal(...sources: readonly AbortSignal[]): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController()
  const ends = sources.map((source) => {
    const abort = () => controller.abort(source.reason)
    if (source.aborted) abort()
    source.addEventListener('abort', abort, { once: true })
    return () => source.removeEventListener('abort', abort)
  })
  return { signal: controller.signal, release: () => ends.forEach((end) => end()) }
}
