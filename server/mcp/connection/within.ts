/** Adds a time limit to work. */

import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'

/** @throws LocalizedError after the time; the signal's reason when aborted */
export async function within<T>(ms: number, work: Promise<T>, signal: AbortSignal): Promise<T> {
  // The losing promise may still reject unobserved.
  work.catch(() => undefined)
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new LocalizedError(msg('mcp-no-answer', { seconds: ms / 1000 }))), ms)
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
