/** What a browser is told to keep from the page. */
import { contentSecurityPolicy } from './content-security-policy'

/**
 * @param nonce of this answer's inline scripts
 * @param frameAncestors who may put the page in a frame; empty: nobody
 */
export function securityHeaders(nonce: string, frameAncestors: readonly string[]): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    // Vite's development client is inline and talks over a socket of its own.
    ...(!import.meta.dev && { 'content-security-policy': contentSecurityPolicy(nonce, frameAncestors) }),
    // These know no list of origins: they are for a page that nobody may frame.
    ...(frameAncestors.length === 0 && {
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    }),
  }
}
