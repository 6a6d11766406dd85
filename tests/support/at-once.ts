/** "At once" on a machine of any speed: counted in round trips, not in milliseconds. */

/** A server that ends something at once does it before it has answered this many requests, one after the other. */
export const AT_ONCE = 30

/**
 * How many round trips fit in before something has happened.
 * @param probe one round trip, best to the same server
 * @returns at most one more than `AT_ONCE`
 */
export async function roundTripsUntil(happened: Promise<unknown>, probe: () => Promise<unknown>): Promise<number> {
  let isOver = false
  void happened.finally(() => (isOver = true)).catch(() => undefined)
  let trips = 0
  for (; !isOver && trips <= AT_ONCE; trips++) await probe()
  return trips
}
