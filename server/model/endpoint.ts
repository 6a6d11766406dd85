/** Parses the configured model URL into the addresses and headers of its two APIs. */

export interface ModelEndpoint {
  /** Scheme, host and port, without credentials: safe to show. */
  origin: string
  /** Base of Ollama's own API, without trailing slash: `${root}/api/ps`. */
  root: string
  /** Base of the OpenAI-compatible API, without trailing slash. */
  v1: string
  /** The Authorization header, if there is a key or the URL contains a user. */
  headers: Record<string, string>
}

/**
 * @param baseUrl http(s), with or without `/v1` and a trailing slash; `user:password@` becomes Basic authentication,
 * since fetch refuses such URLs
 * @param apiKey sent as a Bearer token; takes precedence over a user in the URL
 * @throws TypeError if `baseUrl` is not an http(s) URL
 */
export function modelEndpoint(baseUrl: string, apiKey?: string): ModelEndpoint {
  const url = new URL(baseUrl)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new TypeError(`Not an http(s) URL: ${url.protocol}`)
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')
  const root = `${url.origin}${path}`
  return { origin: url.origin, root, v1: `${root}/v1`, headers: authorization(url, apiKey) }
}

function authorization(url: URL, apiKey?: string): Record<string, string> {
  if (apiKey) return { authorization: `Bearer ${apiKey}` }
  if (!url.username && !url.password) return {}
  const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  return { authorization: `Basic ${Buffer.from(user).toString('base64')}` }
}
