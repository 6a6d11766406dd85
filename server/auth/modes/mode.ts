/** A login mode: one file in this folder, and a line in index.ts. */
import type { H3Event } from 'h3'
import type { Environment, VariableName } from '#shared/environment/schema'
import type { Message } from '#shared/messages/message'
import type { Problems } from '../../config/problems'
import type { Rancher } from '../../rancher/rancher'
import type { Identified } from '../caller'
import type { CookiePlace } from '../session-cookie'

export interface LoginMode {
  /** Its own variables; setting one in another mode is an error. */
  variables: readonly VariableName[]
  /** Nobody logs in, and users are indistinguishable. */
  isOpen?: true
  /**
   * Reads its variables and reports problems.
   * @returns the start of the mode, called once for each server
   */
  read: (env: Environment, problems: Problems) => (services: LoginServices) => Authenticator
}

/** What the process shares with the login. */
export interface LoginServices {
  /** Set with AUTH_MODE=rancher. */
  rancher?: Rancher
}

/** Identifies the user of a request. */
export interface Authenticator {
  /**
   * @returns undefined if the request names no user
   * @throws LoginError for a wrong login, TooManyAttemptsError after too many of these from one address
   */
  identify: (event: H3Event) => Promise<Identified | undefined>
  /** How to log in. */
  hint: Message
  /** Absent if users log in elsewhere. */
  session?: {
    /**
     * Starts a session for the token.
     * @throws as `identify`
     */
    begin: (event: H3Event, token: string, place: CookiePlace) => Promise<Identified>
  }
  /** Absent unless users log in at an identity provider. */
  redirect?: {
    /** @returns the provider's URL @throws ProviderError */
    start: (event: H3Event) => Promise<string>
    /** Starts a session. @returns the page's URL @throws LoginError, ProviderError */
    finish: (event: H3Event) => Promise<string>
    /** Where to end the provider's own session. */
    logoutUrl: () => Promise<string | undefined>
  }
  /** Ends the session that this mode started. */
  end?: (event: H3Event) => Promise<void>
}
