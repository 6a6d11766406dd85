/** Errors of the login. */

import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'
import type { Message } from '#shared/messages/message'

/** The user is unknown; the message says how to log in. */
export class LoginError extends LocalizedError {
  /** Used by h3 if a handler throws it. */
  readonly statusCode = 401

  constructor(detail: Message) {
    super(detail)
    this.name = 'LoginError'
  }
}

/** The identity provider does not answer. */
export class ProviderError extends LocalizedError {
  readonly statusCode = 503

  constructor(url: string) {
    super(msg('login-oidc-unreachable', { url }))
    this.name = 'ProviderError'
  }
}

/** Too many wrong tokens from one address. */
export class TooManyAttemptsError extends LocalizedError {
  readonly statusCode = 429

  constructor(readonly retryAfterSeconds: number) {
    super(msg('login-too-many', { seconds: retryAfterSeconds }))
    this.name = 'TooManyAttemptsError'
  }
}
