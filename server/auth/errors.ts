/** Why a request is not let in. */

/** Nobody knows who asks; says how to change that. */
export class LoginError extends Error {
  /** For h3, where a handler throws it. */
  readonly statusCode = 401

  constructor(message: string) {
    super(message)
    this.name = 'LoginError'
  }
}

/** Too many wrong tokens from one address. */
export class TooManyAttemptsError extends Error {
  readonly statusCode = 429

  constructor(readonly retryAfterSeconds: number) {
    super(`Too many wrong tokens came from this address. Try again in ${retryAfterSeconds} s.`)
    this.name = 'TooManyAttemptsError'
  }
}
