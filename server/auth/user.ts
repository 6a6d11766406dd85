/** Users and their rights. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { User } from '#shared/user'
import type { AuthConfig } from './config'

/** The single user without a login. */
export const ANONYMOUS = 'anonymous'

/** The user with the shared token. */
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
