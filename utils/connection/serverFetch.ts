/** Requests to the server with relative URLs, which work behind a proxy with a path prefix. */

import { hearServerTime } from './serverClock'

let onLoginNeeded = (): void => undefined

/** @param listener called whenever the server requires a login */
export function whenLoginIsNeeded(listener: () => void): void {
  onLoginNeeded = listener
}

/** Like `fetch`, without the browser's cache. */
export async function serverFetch(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { cache: 'no-store', ...init })
  hearServerTime(response)
  if (response.status === 401) onLoginNeeded()
  return response
}
