/** The answers and sockets that a user has open: each takes a seat, so that one user cannot take them all. */
import type { Seats } from '../limits/seats'
import { TurnRefusedError } from '../turns/turns'

/** When one for whom there was no seat may try again. */
const RETRY_SECONDS = 5

/** A response or the connection of a socket. */
interface Closable {
  closed: boolean
  once: (event: 'close', listener: () => void) => unknown
}

/**
 * Holds a seat until the response or connection is closed.
 * @throws TurnRefusedError if the user has none left
 */
export function holdStream(streams: Seats, user: string, stream: Closable): void {
  const release = streams.take(user)
  if (!release) throw noSeat(streams)
  if (stream.closed) release()
  else stream.once('close', release)
}

function noSeat({ max }: Seats): TurnRefusedError {
  const words = `${max} answers or sockets of yours are open already. Close one, or try again in ${RETRY_SECONDS} s.`
  return new TurnRefusedError('too-many-turns', words, RETRY_SECONDS)
}
