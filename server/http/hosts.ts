/** Valid host names, against DNS rebinding. */
import { isIP, isIPv4 } from 'node:net'

/** Valid values of the header `Host`. */
export interface HostRule {
  /** In lower case, without port; IPv6 addresses in brackets. Absent: any. */
  names?: readonly string[]
  /** Accepts any IP address: a rebound page always has a name. */
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
