/** The current user, for the handlers. */
import type { H3Event } from 'h3'
import { msg } from '#shared/messages/create'
import type { User } from '#shared/user'
import { LoginError } from './errors'

declare module 'h3' {
  interface H3EventContext {
    /** Set by server/middleware/2.login.ts. */
    user?: User
  }
}

/** @throws LoginError if the middleware was bypassed */
export function currentUser(event: H3Event): User {
  const { user } = event.context
  if (!user) throw new LoginError(msg('login-nobody'))
  return user
}
