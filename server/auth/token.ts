/** The shared token: compared in constant time, and the source of the key that sessions are sealed with. */
import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto'

/** Hashes have one length, whatever was sent: neither it nor the place of the first difference shows in the time. */
export function isSameToken(given: string, token: string): boolean {
  return timingSafeEqual(digest(given), digest(token))
}

/** Another token gives another key: changing it ends all sessions. @returns 256 bits in hex */
export function sessionKey(token: string): string {
  return Buffer.from(hkdfSync('sha256', token, '', 'k8s-ai-assistant session v1', 32)).toString('hex')
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
