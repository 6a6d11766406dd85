/** Why a request may not come from where it comes from, for HTTP and the WebSocket alike. */
import type { WebConfig } from './config'
import { isAllowedHost } from './hosts'
import { isOfAnotherSite, mustBeOwn } from './same-site'

export interface Asked {
  method: string
  path: string
  /** By its name in lower case; several of one name joined by commas. */
  header: (name: string) => string | undefined
}

/** @returns words for who asks; undefined: let it in */
export function refusalOf({ method, path, header }: Asked, { hosts }: WebConfig): string | undefined {
  const host = header('host')
  if (!isAllowedHost(host, hosts))
    return `This server is not asked as "${host?.slice(0, 100) ?? ''}". Set ALLOWED_HOSTS.`
  const provenance = {
    site: header('sec-fetch-site'),
    origin: header('origin'),
    hosts: [host, header('x-forwarded-host')],
  }
  if (mustBeOwn(method, path) && isOfAnotherSite(provenance)) return 'Requests of other sites are refused.'
  return undefined
}
