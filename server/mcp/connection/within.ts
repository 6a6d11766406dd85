/** Adds a time limit to work. */

import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'
import { waitFor } from '#shared/wait-for'

/** @throws LocalizedError after the time; the signal's reason when aborted */
export async function within<T>(ms: number, work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new LocalizedError(msg('mcp-no-answer', { seconds: ms / 1000 }))), ms)
  try {
    return await waitFor(Promise.race([work, late]), signal)
  } finally {
    clearTimeout(timer)
  }
}
