/** Why a request is not let in. */

import { msg } from '#shared/messages/create'
import { LocalizedError } from '#shared/messages/error'
import type { Message } from '#shared/messages/message'

/** Nobody knows who asks; says how to change that. */
export class LoginError extends LocalizedError {
  /** For h3, where a handler throws it. */
  readonly statusCode = 401

  constructor(detail: Message) {
    super(detail)
    this.name = 'LoginError'
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
