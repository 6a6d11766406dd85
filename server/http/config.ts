/** `ALLOWED_HOSTS` and `FRAME_ANCESTORS`: valid host names, and sites that may frame the page. */
import { hostname } from 'node:os'
import type { Environment } from '#shared/environment/schema'
import { isLoopback } from './hosts'
import type { HostRule } from './hosts'

export interface WebConfig {
  hosts: HostRule
  /** Sources of the Content-Security-Policy; empty: no site. */
  frameAncestors: readonly string[]
}

/** @param isOpen true without a login */
export function readWeb(env: Environment, isOpen: boolean): WebConfig {
  return { hosts: readHosts(env, isOpen), frameAncestors: env.FRAME_ANCESTORS.map(frameSource) }
}

/**
 * Against DNS rebinding: on loopback only our own names are valid, elsewhere only names that no other site can have. A
 * login protects by itself.
 */
function readHosts({ HOST: host, ALLOWED_HOSTS: allowed = [] }: Environment, isOpen: boolean): HostRule {
  const named = allowed.map((name) => name.toLowerCase())
  if (isLoopback(host))
    return { names: ['localhost', '127.0.0.1', '[::1]', ownAddress(host), ...named], addresses: false }
  if (isOpen) return { names: ['localhost', hostname().toLowerCase(), ...named], addresses: true }
  return { ...(named.length > 0 && { names: named }), addresses: false }
}

/** `HOST` may be another loopback address. */
function ownAddress(host: string): string {
  return host.includes(':') ? `[${host}]` : host.toLowerCase()
}

/** In the syntax of the Content-Security-Policy. */
function frameSource(source: string): string {
  return /^'?self'?$/i.test(source) ? "'self'" : new URL(source).origin
}
