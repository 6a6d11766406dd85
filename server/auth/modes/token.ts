/** `AUTH_MODE=token`: one shared token, sent as a bearer token or exchanged for a cookie. */
import { getRequestHeader } from 'h3'
import type { H3Event } from 'h3'
import { msg } from '#shared/messages/create'
import { Attempts } from '../attempts'
import { SessionCookies } from '../session-cookie'
import { OPERATOR } from '../user'
import type { Authenticator, LoginMode } from './mode'

export const tokenMode: LoginMode = {
  variables: ['AUTH_TOKEN'],
  read({ AUTH_TOKEN: token = '' }, problems) {
    if (token === '') problems.add('AUTH_TOKEN', 'is needed with AUTH_MODE=token')
    return () => authenticator(token)
  },
}

function authenticator(token: string): Authenticator {
  const cookies = new SessionCookies(token)
  const attempts = new Attempts()
  const check = (event: H3Event, given: string) => attempts.check(event, given, token)

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
