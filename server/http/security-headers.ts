/** Security headers that restrict what the browser may do. */
import { contentSecurityPolicy } from './content-security-policy'

/**
 * @param nonce of this response's inline scripts
 * @param frameAncestors sites that may frame the page; empty: none
 */
export function securityHeaders(nonce: string, frameAncestors: readonly string[]): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    // Vite's development client is inline and uses its own socket.
    ...(!import.meta.dev && { 'content-security-policy': contentSecurityPolicy(nonce, frameAncestors) }),
    // These headers support no list of origins, so they are only for a page that must not be framed.
    ...(frameAncestors.length === 0 && {
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    }),
  }
}
