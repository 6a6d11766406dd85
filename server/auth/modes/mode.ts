/** A login mode: one file in this folder, and a line in index.ts. */
import type { H3Event } from 'h3'
import type { Environment, VariableName } from '#shared/environment/schema'
import type { Message } from '#shared/messages/message'
import type { Problems } from '../../config/problems'
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
  read: (env: Environment, problems: Problems) => () => Authenticator
}

/** Identifies the user of a request. */
export interface Authenticator {
  /**
   * @returns the user's name; undefined if the request has none
   * @throws LoginError for a wrong login, TooManyAttemptsError after too many of these from one address
   */
  identify: (event: H3Event) => Promise<string | undefined>
  /** How to log in. */
  hint: Message
  /** Absent if users log in elsewhere. */
  session?: {
    /**
     * Starts a session for the token.
     * @returns the user's name
     * @throws as `identify`
     */
    begin: (event: H3Event, token: string, place: CookiePlace) => Promise<string>
    end: (event: H3Event) => Promise<void>
  }
}
