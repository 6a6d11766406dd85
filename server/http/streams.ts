/** Limits each user's open responses and sockets, so that one user cannot use up all. */
import { msg } from '#shared/messages/create'
import type { Slots } from '../limits/slots'
import { TurnRefusedError } from '../turns/turns'

/** Suggested delay before a retry without a free slot. */
const RETRY_SECONDS = 5

/** A response or a socket's connection. */
interface Closable {
  closed: boolean
  once: (event: 'close', listener: () => void) => unknown
}

/**
 * Occupies a slot until the response or connection closes.
 * @throws TurnRefusedError if the user has none left
 */
export function holdStream(streams: Slots, user: string, stream: Closable): void {
  const release = streams.take(user)
  if (!release) throw noSlot(streams)
  if (stream.closed) release()
  else stream.once('close', release)
}

function noSlot({ max }: Slots): TurnRefusedError {
  const detail = msg('too-many-streams', { count: max, seconds: RETRY_SECONDS })
  return new TurnRefusedError('too-many-turns', detail, RETRY_SECONDS)
}
