/** `AUTH_MODE=token`: one shared token, sent as a bearer token or exchanged for a cookie. */
import { isIPv6 } from 'node:net'
import { getRequestHeader } from 'h3'
import type { H3Event } from 'h3'
import { msg } from '#shared/messages/create'
import { Rate } from '../../limits/rate'
import { LoginError, TooManyAttemptsError } from '../errors'
import { SessionCookies } from '../session-cookie'
import { isSameToken } from '../token'
import { OPERATOR } from '../user'
import type { Authenticator, LoginMode } from './mode'

/** Allowed wrong tokens per minute and client network. */
const MAX_ATTEMPTS = 10

export const tokenMode: LoginMode = {
  variables: ['AUTH_TOKEN'],
  read({ AUTH_TOKEN: token = '' }, problems) {
    if (token === '') problems.add('AUTH_TOKEN', 'is needed with AUTH_MODE=token')
    return () => authenticator(token)
  },
}

function authenticator(token: string): Authenticator {
  const cookies = new SessionCookies(token)
  const failures = new Rate(MAX_ATTEMPTS)

  /** @throws LoginError; TooManyAttemptsError even for the right token, which could otherwise be guessed */
  function check(event: H3Event, given: string): void {
    const client = networkOf(event.node.req.socket.remoteAddress)
    const seconds = failures.wait(client)
    if (seconds > 0) throw new TooManyAttemptsError(seconds)
    if (isSameToken(given, token)) return
    failures.take(client)
    throw new LoginError(msg('login-wrong-token'))
  }

  return {
    async identify(event) {
      if (await cookies.isOpen(event)) return { name: OPERATOR }
      const [, given] = /^Bearer +(\S+)\s*$/i.exec(getRequestHeader(event, 'authorization') ?? '') ?? []
      if (given === undefined) return undefined
      check(event, given)
      return { name: OPERATOR }
    },
    hint: msg('login-no-token', { header: '"Authorization: Bearer"', request: 'POST /api/session' }),
    session: {
      async begin(event, given, place) {
        check(event, given)
        await cookies.begin(event, place)
        return { name: OPERATOR }
      },
    },
    end: (event) => cookies.end(event),
  }
}

/** One IPv6 client may use 2^64 addresses. */
function networkOf(address = ''): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address
  const [head = [], tail = []] = address.split('::').map((half) => half.split(':').filter(Boolean))
  return [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail].slice(0, 4).join(':')
}
