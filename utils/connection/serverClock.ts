/** The server's time, from the `Date` header. Approvals expire by it, and the local clock may be minutes off. */

/** The header has whole seconds, so smaller differences are ignored. Milliseconds. */
const precision = 2000
/** How far the server's clock is ahead, in milliseconds. */
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
