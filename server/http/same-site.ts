/** Distinguishes our page and non-browser clients from other sites. */

/** A request's headers about its origin. */
export interface Provenance {
  /** The header `Sec-Fetch-Site`. */
  site: string | undefined
  /** The header `Origin`. */
  origin: string | undefined
  /** The requested hosts: the header `Host`, and a proxy's `X-Forwarded-Host`. */
  hosts: readonly (string | undefined)[]
}

/**
 * Whether another site's page makes the request. `Sec-Fetch-Site` takes precedence, since a proxy may have changed the
 * host that `Origin` is compared with; browsers omit it on plain HTTP and for sockets. Non-browser clients send
 * neither. Pages cannot set these headers, except `X-Forwarded-Host` on their own site.
 */
export function isOfAnotherSite({ site, origin, hosts }: Provenance): boolean {
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  return isForeignOrigin(origin, hosts)
}

function isForeignOrigin(origin: string | undefined, hosts: Provenance['hosts']): boolean {
  if (origin === undefined) return false
  if (!URL.canParse(origin)) return true
  const { host } = new URL(origin)
  return !hosts.some((each) => each !== undefined && hostOf(each, origin) === host)
}

/** In URL form, without the scheme's default port. */
function hostOf(host: string, origin: string): string | undefined {
  const url = `${origin.split(':')[0]}://${host}`
  return URL.canParse(url) ? new URL(url).host : undefined
}

/** Other sites may only link to the page; they may neither change anything nor read the API. */
export function mustBeOwn(method: string, path: string): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) || isApi(path)
}

/** Whether a path belongs to the API in any spelling, independent of the router. */
export function isApi(path: string): boolean {
  return /^[/\\.]*api(?:[/\\?#.;]|$)/i.test(decoded(path))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
