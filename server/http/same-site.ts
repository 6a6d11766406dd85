/** Which requests come from where they may: this page, or a client that is no browser. */

/** What a request says of its origin. */
export interface Provenance {
  /** The header `Sec-Fetch-Site`. */
  site: string | undefined
  /** The header `Origin`. */
  origin: string | undefined
  /** Under which the server was asked: the header `Host`, and a proxy's `X-Forwarded-Host`. */
  hosts: readonly (string | undefined)[]
}

/**
 * Whether a page of another site makes the request. `Sec-Fetch-Site` decides where there is one, since a proxy may have
 * changed the host that `Origin` is compared with; browsers leave it out on plain HTTP, and for sockets. A client that is
 * no browser says neither. A page can set none of these headers, but for `X-Forwarded-Host` on requests of its own site.
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

/** As a URL has it, without the scheme's own port. */
function hostOf(host: string, origin: string): string | undefined {
  const url = `${origin.split(':')[0]}://${host}`
  return URL.canParse(url) ? new URL(url).host : undefined
}

/** Other sites may link to the page, and that is all: they neither change anything nor read the API. */
export function mustBeOwn(method: string, path: string): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) || isApi(path)
}

/** Whether a path belongs to the API, however it is spelled: what the router takes it for is not asked. */
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
