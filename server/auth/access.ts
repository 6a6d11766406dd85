/** Identifies the user of a request and their rights. */
import type { H3Event } from 'h3'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { Session } from '#shared/session'
import type { User } from '#shared/user'
import type { AuthConfig } from './config'
import { LoginError } from './errors'
import type { CookiePlace } from './session-cookie'
import { toUser } from './user'

export interface Access {
  readonly mode: string
  /** The login mode as `GET /api/session` reports it. */
  readonly login: Session['login']
  /** How to log in. */
  readonly hint: Message
  /**
   * @returns undefined if the request names no user
   * @throws LoginError for a wrong login, TooManyAttemptsError after too many of these from one address
   */
  identify: (event: H3Event) => Promise<User | undefined>
  /**
   * The same.
   * @throws LoginError with the hint, TooManyAttemptsError
   */
  require: (event: H3Event) => Promise<User>
  /**
   * Exchanges the token for a session.
   * @throws LoginError, TooManyAttemptsError
   */
  begin: (event: H3Event, token: string, place: CookiePlace) => Promise<User>
  /** Ends the session, if any. */
  end: (event: H3Event) => Promise<void>
}

export function createAccess(auth: AuthConfig): Access {
  const { identify, hint, session } = auth.start()
  const userOf = async (event: H3Event): Promise<User | undefined> => {
    const name = await identify(event)
    return name === undefined ? undefined : toUser(name, auth)
  }
  return {
    mode: auth.mode,
    login: auth.isOpen ? 'none' : session ? 'token' : 'elsewhere',
    hint,
    identify: userOf,
    async require(event) {
      const user = await userOf(event)
      if (!user) throw new LoginError(hint)
      return user
    },
    async begin(event, token, place) {
      if (!session) throw new LoginError(msg('login-by-token-off', { mode: auth.mode }))
      return toUser(await session.begin(event, token, place), auth)
    },
    async end(event) {
      await session?.end(event)
    },
  }
}
