/** Users and their rights. */
import { msg } from '#shared/messages/create'
import type { Message } from '#shared/messages/message'
import type { User } from '#shared/user'
import type { Caller, Identified } from './caller'
import type { AuthConfig } from './config'

/** The single user without a login. */
export const ANONYMOUS = 'anonymous'

/** The user with the shared token. */
export const OPERATOR = 'operator'

export function toCaller({ name, displayName, groups, token }: Identified, auth: AuthConfig): Caller {
  const readOnlyReason = whyReadOnly(name, auth)
  const user: User = {
    name,
    ...(displayName !== undefined && displayName !== name && { displayName }),
    mayWrite: readOnlyReason === undefined,
    ...(readOnlyReason && { readOnlyReason }),
  }
  return { user, ...(groups && { groups }), ...(token && { token }) }
}

function whyReadOnly(name: string, auth: AuthConfig): Message | undefined {
  if (auth.openHost !== undefined) return msg('read-only-open-host', { host: auth.openHost })
  if (auth.writers && !auth.writers.includes(name)) return msg('read-only-user', { user: name })
  return undefined
}
