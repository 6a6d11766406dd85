/** The client's id for a turn, used to stop and resume it. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * @returns 24 characters with 144 random bits: the id authorises reading the turn. `crypto.randomUUID` does not exist
 * on plain HTTP pages.
 */
export function createTurnId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => alphabet[byte & 63]).join('')
}
