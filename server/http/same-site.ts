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

/**
 * Browsers say on every socket from which page it is opened; a client that is none says nothing. Cross-site pages may
 * open sockets as they like: this check is the only fence.
 * @param origin the header `Origin`
 * @param hosts under which the server was asked: the header `Host`, and a proxy's `X-Forwarded-Host`
 */
export function isForeignOrigin(origin: string | undefined, hosts: readonly (string | undefined)[]): boolean {
  if (origin === undefined) return false
  if (!URL.canParse(origin)) return true
  const { host } = new URL(origin)
  return !hosts.some((each) => each?.toLowerCase() === host)
}
