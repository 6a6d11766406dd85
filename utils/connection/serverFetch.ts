/** Requests of the page to its server, with relative addresses, so that they work behind a proxy that adds a prefix. */

import { hearServerTime } from './serverClock'

let onLoginNeeded = (): void => undefined

/** @param listener called whenever the server says that it does not know who asks */
export function whenLoginIsNeeded(listener: () => void): void {
  onLoginNeeded = listener
}

/** As `fetch`; nothing of it is kept by the browser. */
export async function serverFetch(url: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(url, { cache: 'no-store', ...init })
  hearServerTime(response)
  if (response.status === 401) onLoginNeeded()
  return response
}
