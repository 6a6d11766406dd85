/** Who asks: nobody in particular, who has the shared token, or whom a trusted proxy names. */
import { isIPv6 } from 'node:net'
import { getRequestHeader } from 'h3'
import type { H3Event } from 'h3'
import type { AuthMode } from '#shared/session'
import type { User } from '#shared/user'
import { Rate } from '../limits/rate'
import type { AuthConfig } from './config'
import { LoginError, TooManyAttemptsError } from './errors'
import { isPeer, readProxyUser } from './proxy-user'
import { SessionCookies } from './session-cookie'
import { isSameToken } from './token'
import { ANONYMOUS, OPERATOR, toUser } from './user'

export interface Access {
  readonly mode: AuthMode
  /**
   * @returns undefined where nobody says who asks
   * @throws LoginError where a token is wrong, TooManyAttemptsError where too many of these came from the address
   */
  identify: (event: H3Event) => Promise<User | undefined>
  /** The same. @throws LoginError that says how to log in, TooManyAttemptsError */
  require: (event: H3Event) => Promise<User>
  /** Trades the token for a session. @throws LoginError, TooManyAttemptsError */
  login: (event: H3Event, token: string) => Promise<User>
  /** Ends the session, if there is one. */
  logout: (event: H3Event) => Promise<void>
}

export function createAccess(auth: AuthConfig): Access {
  switch (auth.mode) {
    case 'none':
      return accessOf(auth, async () => toUser(ANONYMOUS, auth), '')
    case 'proxy':
      return accessOf(auth, async (event) => fromProxy(event, auth), NO_PROXY_USER)
    case 'token':
      return byToken(auth)
  }
}

const NO_PROXY_USER =
  'Nobody said who asks. This server takes its users from the proxies of AUTH_PROXY_PEERS alone: go through one of them.'
const NO_TOKEN =
  'Log in first: send "Authorization: Bearer" with the token, or trade it for a cookie by POST /api/session.'

function accessOf(auth: AuthConfig, identify: Access['identify'], how: string): Access {
  return {
    mode: auth.mode,
    identify,
    require: async (event) => {
      const user = await identify(event)
      if (!user) throw new LoginError(how)
      return user
    },
    login: () => Promise.reject(new LoginError(`There is no login with a token: AUTH_MODE is ${auth.mode}.`)),
    logout: async () => undefined,
  }
}

function fromProxy(event: H3Event, auth: Extract<AuthConfig, { mode: 'proxy' }>): User | undefined {
  if (!isPeer(event.node.req.socket.remoteAddress, auth.peers)) return undefined
  const name = readProxyUser(getRequestHeader(event, auth.header))
  return name === undefined ? undefined : toUser(name, auth)
}

/** Wrong tokens a minute and client address. */
const MAX_ATTEMPTS = 10

function byToken(auth: Extract<AuthConfig, { mode: 'token' }>): Access {
  const cookies = new SessionCookies(auth.token)
  const failures = new Rate(MAX_ATTEMPTS)

  /** @throws LoginError; TooManyAttemptsError also for the right token: else it could be guessed on */
  function check(event: H3Event, given: string): void {
    const client = networkOf(event.node.req.socket.remoteAddress)
    const seconds = failures.wait(client)
    if (seconds > 0) throw new TooManyAttemptsError(seconds)
    if (isSameToken(given, auth.token)) return
    failures.take(client)
    throw new LoginError('The token is wrong.')
  }

  async function identify(event: H3Event): Promise<User | undefined> {
    if (await cookies.isOpen(event)) return toUser(OPERATOR, auth)
    const [, given] = /^Bearer +(\S+)\s*$/i.exec(getRequestHeader(event, 'authorization') ?? '') ?? []
    if (given === undefined) return undefined
    check(event, given)
    return toUser(OPERATOR, auth)
  }

  return {
    ...accessOf(auth, identify, NO_TOKEN),
    login: async (event, token) => {
      check(event, token)
      await cookies.begin(event)
      return toUser(OPERATOR, auth)
    },
    logout: (event) => cookies.end(event),
  }
}

/** Who has one IPv6 address has 2^64 of them. */
function networkOf(address = ''): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean))
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail].slice(0, 4).join(':')
}
