/** The user of the current request, for the handlers. */
import type { H3Event } from 'h3'
import { msg } from '#shared/messages/create'
import type { User } from '#shared/user'
import type { Caller } from './caller'
import { LoginError } from './errors'

declare module 'h3' {
  interface H3EventContext {
    /** Set by server/middleware/2.login.ts. */
    caller?: Caller
  }
}

/** @throws LoginError if the middleware was bypassed */
export function currentCaller(event: H3Event): Caller {
  const { caller } = event.context
  if (!caller) throw new LoginError(msg('login-nobody'))
  return caller
}

/** @throws LoginError if the middleware was bypassed */
export function currentUser(event: H3Event): User {
  return currentCaller(event).user
}
