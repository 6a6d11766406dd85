/** Users by name, and what they may do. */
import type { User } from '#shared/user'
import type { AuthConfig } from './config'

/** Everybody, where there is no login. */
export const ANONYMOUS = 'anonymous'

/** Everybody who has the token. */
export const OPERATOR = 'operator'

export function toUser(name: string, auth: AuthConfig): User {
  const readOnlyReason = whyReadOnly(name, auth)
  return { name, mayWrite: readOnlyReason === undefined, ...(readOnlyReason && { readOnlyReason }) }
}

function whyReadOnly(name: string, auth: AuthConfig): string | undefined {
  if (auth.mode === 'none' && auth.openHost)
    return `Writes are off: the server listens on ${auth.openHost} without a login. Set AUTH_MODE.`
  if (auth.writers && !auth.writers.includes(name))
    return `Writes are off for ${name}: AUTH_WRITERS does not name this user.`
  return undefined
}
