/** What the page may load and run: itself and nothing else. */

/**
 * @param nonce of this answer; the page's own inline scripts carry it
 * @param frameAncestors who may put the page in a frame, as sources; empty: nobody
 * @returns the value of the header `Content-Security-Policy`
 */
export function contentSecurityPolicy(nonce: string, frameAncestors: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    // Nuxt UI writes its colours into a style element, virtual lists position rows by style attributes.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors.join(' ') || "'none'"}`,
  ].join('; ')
}

/** Puts the nonce on every script element of a piece of HTML that we rendered ourselves. */
export function withNonce(html: string, nonce: string): string {
  return html.replace(/<script(?![^>]*\snonce=)/g, `<script nonce="${nonce}"`)
}
