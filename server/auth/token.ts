/** The shared token: constant-time comparison, and the key for sealing sessions. */
import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Compares hashes: equal length, so timing reveals neither length nor position of a difference. */
export function isSameToken(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token))
}

/**
 * Changing the token changes the key and ends all sessions.
 * @returns 256 bits in hex
 */
export function sessionKey(token: string): string {
  return Buffer.from(hkdfSync('sha256', token, '', 'k8s-ai-assistant session v1', 32)).toString('hex')
}

/**
 * Distinguishes instances; the same for all replicas.
 * @returns 32 bits in hex, too few to test guesses of the token with
 */
export function instanceHash(token: string): string {
  return Buffer.from(hkdfSync('sha256', token, '', 'k8s-ai-assistant instance v1', 4)).toString('hex')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
