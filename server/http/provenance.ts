/** Checks a request's host and origin, for HTTP and the WebSocket alike. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { WebConfig } from './config'
import { isAllowedHost } from './hosts'
import { isOfAnotherSite, mustBeOwn } from './same-site'

export interface Asked {
  method: string
  path: string
  /** By lower-case name; repeated headers are joined by commas. */
  header: (name: string) => string | undefined
}

/** @returns the refusal; undefined: allow it */
export function refusalOf({ method, path, header }: Asked, { hosts }: WebConfig): Message | undefined {
  const host = header('host')
  if (!isAllowedHost(host, hosts)) return msg('host-not-allowed', { host: host?.slice(0, 100) ?? '' })
  const provenance = {
    site: header('sec-fetch-site'),
    origin: header('origin'),
    hosts: [host, header('x-forwarded-host')],
  }
  if (mustBeOwn(method, path) && isOfAnotherSite(provenance)) return msg('other-site')
  return undefined
}
