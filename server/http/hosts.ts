/** Names under which the server may be asked, against DNS rebinding. */
import { isIP, isIPv4 } from 'node:net'

/** What the header `Host` may say. */
export interface HostRule {
  /** In lower case, without port; IPv6 addresses in brackets. Absent: any. */
  names?: readonly string[]
  /** Any address, too: a page that a browser found under an address is no rebound name. */
  addresses: boolean
}

const LOOPBACK_NAMES = ['localhost', '::1', '[::1]']

/** @param host a name or an address, as in `HOST` */
export function isLoopback(host: string): boolean {
  return LOOPBACK_NAMES.includes(host.toLowerCase()) || (isIPv4(host) && host.startsWith('127.'))
}

/** @param host the header `Host` */
export function isAllowedHost(host: string | undefined, { names, addresses }: HostRule): boolean {
  if (!names) return true
  const name = host?.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '')
  if (!name) return false
  return names.includes(name) || (addresses && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0)
}
