/** All login modes by the value of AUTH_MODE. */
import type { AuthMode } from '#shared/environment/login'
import type { LoginMode } from './mode'
import { noneMode } from './none'
import { oidcMode } from './oidc'
import { proxyMode } from './proxy'
import { rancherMode } from './rancher'
import { tokenMode } from './token'

export const LOGIN_MODES: Record<AuthMode, LoginMode> = {
  none: noneMode,
  token: tokenMode,
  proxy: proxyMode,
  rancher: rancherMode,
  oidc: oidcMode,
}
