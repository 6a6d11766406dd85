/** The page's own name for a turn, under which it stops it and takes it up again. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/**
 * @returns 24 characters, 144 random bits: who knows the id may read the turn. `crypto.randomUUID` would not do: it does
 * not exist where the page came over plain http from another machine.
 */
export function createTurnId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => alphabet[byte & 63]).join('')
}
