/** The Content-Security-Policy: the page may load and run only itself. */

/**
 * @param nonce of this response, for the page's inline scripts
 * @param frameAncestors sites that may frame the page, as sources; empty: none
 * @returns the value of the header `Content-Security-Policy`
 */
export function contentSecurityPolicy(nonce: string, frameAncestors: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    // Nuxt UI writes a style element, and virtual lists use style attributes.
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

/** Adds the nonce to every script element of HTML that we rendered. */
export function withNonce(html: string, nonce: string): string {
  return html.replace(/<script(?![^>]*\snonce=)/g, `<script nonce="${nonce}"`)
}
