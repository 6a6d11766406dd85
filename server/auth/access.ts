/** Identifies the user of a request and their rights. */
import type { H3Event } from 'h3'
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { Session } from '#shared/session'
import type { Caller } from './caller'
import type { AuthConfig } from './config'
import { LoginError } from './errors'
import type { LoginServices } from './modes/mode'
import type { CookiePlace } from './session-cookie'
import { toCaller } from './user'

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
  identify: (event: H3Event) => Promise<Caller | undefined>
  /**
   * The same.
   * @throws LoginError with the hint, TooManyAttemptsError
   */
  require: (event: H3Event) => Promise<Caller>
  /**
   * Exchanges the token for a session.
   * @throws LoginError, TooManyAttemptsError
   */
  begin: (event: H3Event, token: string, place: CookiePlace) => Promise<Caller>
  /** Starts a login at the identity provider. @returns its URL @throws LoginError, ProviderError */
  startRedirect: (event: H3Event) => Promise<string>
  /** Ends that login. @returns the page's URL @throws LoginError, ProviderError */
  finishRedirect: (event: H3Event) => Promise<string>
  /** Where to end the identity provider's session after ours. */
  logoutUrl: () => Promise<string | undefined>
  /** Ends the session, if any. */
  end: (event: H3Event) => Promise<void>
}

function needed<T>(redirect: T | undefined, { mode }: AuthConfig): T {
  if (!redirect) throw new LoginError(msg('login-oidc-off', { mode }))
  return redirect
}

export function createAccess(auth: AuthConfig, services: LoginServices = {}): Access {
  const { identify, hint, session, redirect, end } = auth.start(services)
  const callerOf = async (event: H3Event): Promise<Caller | undefined> => {
    const identified = await identify(event)
    return identified && toCaller(identified, auth)
  }
  return {
    mode: auth.mode,
    login: auth.isOpen ? 'none' : session ? 'token' : redirect ? 'redirect' : 'elsewhere',
    hint,
    identify: callerOf,
    async require(event) {
      const caller = await callerOf(event)
      if (!caller) throw new LoginError(hint)
      return caller
    },
    async begin(event, token, place) {
      if (!session) throw new LoginError(msg('login-by-token-off', { mode: auth.mode }))
      return toCaller(await session.begin(event, token, place), auth)
    },
    async startRedirect(event) {
      return await needed(redirect, auth).start(event)
    },
    async finishRedirect(event) {
      return await needed(redirect, auth).finish(event)
    },
    async logoutUrl() {
      return await redirect?.logoutUrl()
    },
    async end(event) {
      await end?.(event)
    },
  }
}
