/**
 * The server's time, by the `Date` of its responses: approvals expire by its clock, and a machine without a network to set
 * its own by may be minutes off.
 */

/** The header counts whole seconds; smaller differences are no difference. Milliseconds. */
const precision = 2000
/** What the server's clock is ahead of this machine's, in milliseconds. */
let ahead = 0

export function hearServerTime(response: Response): void {
  const said = Date.parse(response.headers.get('date') ?? '')
  if (Number.isNaN(said)) return
  const difference = said - Date.now()
  ahead = Math.abs(difference) > precision ? difference : 0
}

/** @returns milliseconds since the epoch */
export function serverNow(): number {
  return Date.now() + ahead
}
