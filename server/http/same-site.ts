/** Which requests come from where they may: this page, or a client that is no browser. */

/**
 * @param host the header `Host`
 * @param allowed names without port, in lower case; absent: any
 */
export function isAllowedHost(host: string | undefined, allowed: readonly string[] | undefined): boolean {
  if (!allowed) return true
  const name = host?.toLowerCase().replace(/:\d+$/, '')
  return name !== undefined && allowed.includes(name)
}

/**
 * A browser says where a request comes from. Only other sites are refused: a page behind a proxy is same-origin, and curl
 * says nothing.
 * @param site the header `Sec-Fetch-Site`
 */
export function isCrossSite(method: string, site: string | undefined): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) && (site === 'cross-site' || site === 'same-site')
}
