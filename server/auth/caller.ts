/** The user of a request, and what they may act with. */
import type { User } from '#shared/user'
import type { Secret } from './secret'

/** What a login mode knows about the user. */
export interface Identified {
  /** Unique, and not chosen by the user. */
  name: string
  /** For people. */
  displayName?: string
  /** As the proxy or the identity provider names them. */
  groups?: readonly string[]
  /** The user's own token, which their requests to clusters are made with. */
  token?: Secret
}

export interface Caller extends Pick<Identified, 'groups' | 'token'> {
  user: User
}
