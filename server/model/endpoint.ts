/** Where the model server is: one configured URL, read into the addresses and headers that its two APIs need. */

export interface ModelEndpoint {
  /** Scheme, host and port, without credentials: fit to be shown. */
  origin: string
  /** Base of Ollama's own API, without a trailing slash: `${root}/api/ps`. */
  root: string
  /** Base of the OpenAI-compatible API, without a trailing slash. */
  v1: string
  /** The Authorization header, where there is a key or the URL holds a user. */
  headers: Record<string, string>
}

/**
 * @param baseUrl http(s), with or without `/v1` and a trailing slash; `user:password@` becomes Basic authentication, since
 *   fetch refuses such URLs
 * @param apiKey sent as a Bearer token; wins over a user in the URL
 * @throws TypeError when `baseUrl` is no http(s) URL
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
