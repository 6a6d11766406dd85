/** `AUTH_MODE=none`: all requests have the same user. */
import { msg } from '#shared/messages/create'
import { ANONYMOUS } from '../user'
import type { LoginMode } from './mode'

export const noneMode: LoginMode = {
  variables: [],
  isOpen: true,
  read: () => () => ({ identify: async () => ({ name: ANONYMOUS }), hint: msg('login-nobody') }),
}
