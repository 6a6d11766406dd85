/** Users by name, and what they may do. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
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

function whyReadOnly(name: string, auth: AuthConfig): Message | undefined {
  if (auth.openHost !== undefined) return msg('read-only-open-host', { host: auth.openHost })
  if (auth.writers && !auth.writers.includes(name)) return msg('read-only-user', { user: name })
  return undefined
}
