/** `AUTH_*`: how the server knows who asks, and who of them may approve changes. */
import { BlockList, isIP } from 'node:net'
import { authModes } from '#shared/session'
import { ConfigError } from '../config/error'
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

const MIN_TOKEN_LENGTH = 16

type Env = Record<string, string>

/**
 * @param env trimmed, without empty values
 * @throws ConfigError that names the variable
 */
export function readAuth(env: Env): AuthConfig {
  const value = env.AUTH_MODE?.toLowerCase() ?? 'none'
  const mode = authModes.find((each) => each === value)
  if (!mode) throw new ConfigError('AUTH_MODE', `"${env.AUTH_MODE}" is none of ${authModes.join(', ')}`)
  // Who sets these means to be protected by them.
  if (env.AUTH_TOKEN && mode !== 'token') throw onlyWith('AUTH_TOKEN', 'token', mode)
  if (env.AUTH_PROXY_PEERS && mode !== 'proxy') throw onlyWith('AUTH_PROXY_PEERS', 'proxy', mode)
  const writers = env.AUTH_WRITERS === undefined ? {} : { writers: list(env.AUTH_WRITERS) }
  switch (mode) {
    case 'none': {
      const host = env.HOST ?? '127.0.0.1'
      return { mode, ...writers, ...(!isLoopback(host) && { openHost: host }) }
    }
    case 'token':
      return { mode, ...writers, token: readToken(env.AUTH_TOKEN) }
    case 'proxy':
      return { mode, ...writers, header: readHeader(env.AUTH_PROXY_HEADER), peers: readPeers(env.AUTH_PROXY_PEERS) }
  }
}

function onlyWith(variable: string, wanted: string, mode: string): ConfigError {
  return new ConfigError(variable, `has no effect with AUTH_MODE=${mode}: set AUTH_MODE=${wanted}, or unset it`)
}

/** Never says the value: the message ends up in logs. */
function readToken(value: string | undefined): string {
  if (value === undefined) throw new ConfigError('AUTH_TOKEN', 'is needed with AUTH_MODE=token')
  if (value.length < MIN_TOKEN_LENGTH)
    throw new ConfigError(
      'AUTH_TOKEN',
      `must have at least ${MIN_TOKEN_LENGTH} characters, e.g. of "openssl rand -hex 32"`,
    )
  if (!/^[\x21-\x7e]+$/.test(value))
    throw new ConfigError(
      'AUTH_TOKEN',
      'must consist of printable ASCII characters without spaces: it is sent in a header',
    )
  return value
}

function readHeader(value = 'x-forwarded-user'): string {
  const name = value.toLowerCase()
  if (!/^[a-z0-9-]{1,100}$/.test(name) || ['authorization', 'cookie', 'host', 'origin'].includes(name))
    throw new ConfigError('AUTH_PROXY_HEADER', `"${value}" is not the name of a header that can carry a user`)
  return name
}

function readPeers(value: string | undefined): BlockList {
  const entries = list(value ?? '')
  if (entries.length === 0)
    throw new ConfigError(
      'AUTH_PROXY_PEERS',
      'is needed with AUTH_MODE=proxy: addresses of the proxies, e.g. 10.0.0.5 or 10.0.0.0/24',
    )
  const peers = new BlockList()
  for (const entry of entries) addPeer(peers, entry)
  return peers
}

function addPeer(peers: BlockList, entry: string): void {
  const [address = '', prefix, ...more] = entry.split('/')
  const version = isIP(address)
  const type = version === 6 ? 'ipv6' : 'ipv4'
  const longest = version === 6 ? 128 : 32
  const bits = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity
  // Every address there is may not name the user.
  if (version === 0 || more.length > 0 || bits > longest || bits === 0)
    throw new ConfigError('AUTH_PROXY_PEERS', `"${entry}" is neither an address nor a range such as 10.0.0.0/24`)
  peers.addSubnet(address, bits, type)
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
}
