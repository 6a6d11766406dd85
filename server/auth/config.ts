/** `AUTH_*`: how the server knows who asks, and who of them may approve changes. */
import { BlockList, isIP } from 'node:net'
import type { Environment } from '#shared/environment/schema'
import type { AuthMode } from '#shared/session'
import type { Problems } from '../config/problems'
import { isLoopback } from '../http/hosts'

export type AuthConfig = {
  /** Names of those who may approve changes; absent: everybody who is logged in. */
  writers?: readonly string[]
} & (
  | {
      mode: 'none'
      /** Where it listens, if that is not loopback: then nobody may change anything. */ openHost?: string
    }
  | { mode: 'token'; token: string }
  | {
      mode: 'proxy'
      /** Name of the header that carries the user, in lower case. */
      header: string
      /** Those who may say who the user is. */
      peers: BlockList
    }
)

export function readAuth(env: Environment, problems: Problems): AuthConfig {
  const { AUTH_MODE: mode, HOST: host, AUTH_TOKEN: token, AUTH_PROXY_PEERS: peers, AUTH_WRITERS: names } = env
  // Who sets these means to be protected by them.
  if (token !== undefined && mode !== 'token') onlyWith('AUTH_TOKEN', 'token', mode, problems)
  if (peers !== undefined && mode !== 'proxy') onlyWith('AUTH_PROXY_PEERS', 'proxy', mode, problems)
  const writers = names === undefined ? {} : { writers: names }
  switch (mode) {
    case 'none':
      return { mode, ...writers, ...(!isLoopback(host) && { openHost: host }) }
    case 'token':
      if (token === undefined) problems.add('AUTH_TOKEN', 'is needed with AUTH_MODE=token')
      return { mode, ...writers, token: token ?? '' }
    case 'proxy':
      if (!peers?.length)
        problems.add(
          'AUTH_PROXY_PEERS',
          'is needed with AUTH_MODE=proxy: addresses of the proxies, e.g. 10.0.0.5 or 10.0.0.0/24',
        )
      return { mode, ...writers, header: env.AUTH_PROXY_HEADER, peers: blockList(peers ?? []) }
  }
}

function onlyWith(variable: 'AUTH_TOKEN' | 'AUTH_PROXY_PEERS', wanted: AuthMode, mode: AuthMode, problems: Problems) {
  const problem = `has no effect with AUTH_MODE=${mode}: set AUTH_MODE=${wanted}, or unset it`
  problems.add(variable, problem, ['AUTH_MODE'])
}

/** @param entries addresses and ranges that are valid */
function blockList(entries: readonly string[]): BlockList {
  const peers = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const isV6 = isIP(address) === 6
    peers.addSubnet(address, prefix === undefined ? (isV6 ? 128 : 32) : Number(prefix), isV6 ? 'ipv6' : 'ipv4')
  }
  return peers
}
