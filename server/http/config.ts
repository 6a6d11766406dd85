/** `ALLOWED_HOSTS` and `FRAME_ANCESTORS`: under which names the page is had, and who may put it in a frame. */
import { hostname } from 'node:os'
import type { Environment } from '#shared/environment/schema'
import { isLoopback } from './hosts'
import type { HostRule } from './hosts'

export interface WebConfig {
  hosts: HostRule
  /** Sources as in the Content-Security-Policy; empty: nobody. */
  frameAncestors: readonly string[]
}

/** @param isOpen nobody logs in */
export function readWeb(env: Environment, isOpen: boolean): WebConfig {
  return { hosts: readHosts(env, isOpen), frameAncestors: env.FRAME_ANCESTORS.map(frameSource) }
}

/**
 * A web page must not reach the cluster through a name of its own that it has resolve to us: on loopback only our own
 * names count, elsewhere those that no other page can have. A login keeps such a page out by itself.
 */
function readHosts({ HOST: host, ALLOWED_HOSTS: allowed = [] }: Environment, isOpen: boolean): HostRule {
  const named = allowed.map((name) => name.toLowerCase())
  if (isLoopback(host))
    return { names: ['localhost', '127.0.0.1', '[::1]', ownAddress(host), ...named], addresses: false }
  if (isOpen) return { names: ['localhost', hostname().toLowerCase(), ...named], addresses: true }
  return { ...(named.length > 0 && { names: named }), addresses: false }
}

/** `HOST` may be another address of loopback. */
function ownAddress(host: string): string {
  return host.includes(':') ? `[${host}]` : host.toLowerCase()
}

/** As the Content-Security-Policy has it. */
function frameSource(source: string): string {
  return /^'?self'?$/i.test(source) ? "'self'" : new URL(source).origin
}
