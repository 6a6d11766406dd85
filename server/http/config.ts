/** `ALLOWED_HOSTS` and `FRAME_ANCESTORS`: under which names the page is had, and who may put it in a frame. */
import { hostname } from 'node:os'
import type { AuthMode } from '#shared/session'
import { ConfigError } from '../config/error'
import { isLoopback } from './hosts'
import type { HostRule } from './hosts'

export interface WebConfig {
  hosts: HostRule
  /** Sources as in the Content-Security-Policy; empty: nobody. */
  frameAncestors: readonly string[]
}

type Env = Record<string, string>

/**
 * @param env trimmed, without empty values
 * @throws ConfigError that names the variable
 */
export function readWeb(env: Env, mode: AuthMode): WebConfig {
  return { hosts: readHosts(env, mode), frameAncestors: readFrameAncestors(env.FRAME_ANCESTORS) }
}

/**
 * A web page must not reach the cluster through a name of its own that it has resolve to us: on loopback only our own
 * names count, elsewhere those that no other page can have. A login keeps such a page out by itself.
 */
function readHosts(env: Env, mode: AuthMode): HostRule {
  const named =
    env.ALLOWED_HOSTS?.split(',')
      .filter((entry) => entry.trim())
      .map(readHost) ?? []
  if (isLoopback(env.HOST ?? '127.0.0.1'))
    return { names: ['localhost', '127.0.0.1', '[::1]', ownAddress(env.HOST), ...named], addresses: false }
  if (mode === 'none') return { names: ['localhost', hostname().toLowerCase(), ...named], addresses: true }
  return { ...(named.length > 0 && { names: named }), addresses: false }
}

/** `HOST` may be another address of loopback. */
function ownAddress(host = '127.0.0.1'): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host.toLowerCase()
}

function readHost(entry: string): string {
  const name = entry.trim().toLowerCase()
  if (!/^(\[[\da-f:.]+\]|[\w.-]+)$/.test(name))
    throw new ConfigError(
      'ALLOWED_HOSTS',
      `"${entry.trim()}" is not a name such as k8s.example.com, without scheme or port`,
    )
  return name
}

function readFrameAncestors(value: string | undefined): string[] {
  const sources = value?.split(/\s+/) ?? []
  if (sources.length === 1 && /^'?none'?$/i.test(sources[0] ?? '')) return []
  return sources.map(readSource)
}

/** An origin, or 'self', with or without its quotes: shells eat them. */
function readSource(source: string): string {
  if (/^'?self'?$/i.test(source)) return "'self'"
  // No other sign: what is in it becomes part of a header.
  if (!/^https?:\/\/(\[[\da-f:.]+\]|[\w.-]+)(:\d+)?\/?$/i.test(source) || !URL.canParse(source))
    throw new ConfigError(
      'FRAME_ANCESTORS',
      `"${source}" is neither 'self' nor an origin such as https://rancher.example.com`,
    )
  return new URL(source).origin
}
