/** `AUTH_*`: the login mode, and the users who may approve changes. */
import type { AuthMode } from '#shared/environment/login'
import type { Environment } from '#shared/environment/schema'
import type { Problems } from '../config/problems'
import { isLoopback } from '../http/hosts'
import { LOGIN_MODES } from './modes'
import type { Authenticator, LoginServices } from './modes/mode'

export interface AuthConfig {
  mode: AuthMode
  /** Nobody logs in, and users are indistinguishable. */
  isOpen: boolean
  /** The non-loopback host of an open server: then nobody may change anything. */
  openHost?: string
  /** Users who may approve changes; absent: every logged-in user. */
  writers?: readonly string[]
  start: (services: LoginServices) => Authenticator
}

export function readAuth(env: Environment, problems: Problems): AuthConfig {
  const { AUTH_MODE: mode, HOST: host, AUTH_WRITERS: writers } = env
  refuseOtherVariables(env, problems)
  const { isOpen = false, read } = LOGIN_MODES[mode]
  return {
    mode,
    isOpen,
    ...(isOpen && !isLoopback(host) && { openHost: host }),
    ...(writers !== undefined && { writers }),
    start: read(env, problems),
  }
}

/** Refuses variables of another mode: the operator would expect their protection. */
function refuseOtherVariables(env: Environment, problems: Problems): void {
  for (const [wanted, { variables }] of Object.entries(LOGIN_MODES)) {
    if (wanted === env.AUTH_MODE) continue
    const problem = `has no effect with AUTH_MODE=${env.AUTH_MODE}: set AUTH_MODE=${wanted}, or unset it`
    for (const name of variables) if (env[name] !== undefined) problems.add(name, problem, ['AUTH_MODE'])
  }
}
