/** The answers and sockets that a user has open: each takes a seat, so that one user cannot take them all. */
import type { ServerResponse } from 'node:http'
import type { Seats } from '../limits/seats'
import { TurnRefusedError } from '../turns/turns'

/** When one for whom there was no seat may try again. */
const RETRY_SECONDS = 5

/**
 * Holds a seat for as long as the response is open.
 * @throws TurnRefusedError where the user has none left
 */
export function holdStream(streams: Seats, user: string, response: ServerResponse): void {
  const release = takeStream(streams, user)
  if (response.closed) release()
  else response.once('close', release)
}

/** @returns gives the seat back @throws TurnRefusedError where the user has none left */
export function takeStream(streams: Seats, user: string): () => void {
  const release = streams.take(user)
  if (!release) throw noSeat(streams)
  return release
}

export function noSeat({ max }: Seats): TurnRefusedError {
  const words = `${max} answers or sockets of yours are open already. Close one, or try again in ${RETRY_SECONDS} s.`
  return new TurnRefusedError('too-many-turns', words, RETRY_SECONDS)
}
