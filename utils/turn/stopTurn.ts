import { serverFetch } from '../connection/serverFetch'

/**
 * Tells the server to end a turn, and does not wait: the page has let go of it already. It also goes out while the page is
 * being closed, and where it fails the server ends the turn a little later, when nobody comes back for it.
 */
export function stopTurn(turnId: string): void {
  serverFetch(`api/turns/${turnId}/stop`, { method: 'POST', keepalive: true }).catch(() => undefined)
}
