import { serverFetch } from '../connection/serverFetch'

/**
 * Asks the server to end a turn, without waiting. It is sent even while the page closes; if it is lost, the server ends
 * the turn after its grace period.
 */
export function stopTurn(turnId: string): void {
  serverFetch(`api/turns/${turnId}/stop`, { method: 'POST', keepalive: true }).catch(() => undefined)
}
