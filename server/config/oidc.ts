/** `OIDC_*`: the identity provider of AUTH_MODE=oidc. */
import { randomBytes } from 'node:crypto'
import type { Environment } from '#shared/environment/schema'
import { readCa } from './ca-file'
import type { Problems } from './problems'

export interface OidcConfig {
  issuer: string
  clientId: string
  /** Absent: a public client, protected by PKCE alone. */
  clientSecret?: string
  /** Of `/login/callback`, as browsers reach it. */
  redirectUrl: string
  scopes: string
  userClaim: string
  groupsClaim: string
  /** PEM; absent: Node's own CAs. */
  ca?: string
  /** Seals the cookies. */
  sessionSecret: string
}

const NEEDED = ['OIDC_ISSUER_URL', 'OIDC_CLIENT_ID', 'OIDC_REDIRECT_URL'] as const

export function readOidc(env: Environment, problems: Problems): OidcConfig {
  for (const name of NEEDED) if (env[name] === undefined) problems.add(name, 'is needed with AUTH_MODE=oidc')
  if (env.REDIS_URL !== undefined && env.OIDC_SESSION_SECRET === undefined)
    problems.add('OIDC_SESSION_SECRET', 'is needed with several replicas (REDIS_URL): all must read the same cookies')
  const { OIDC_CLIENT_SECRET: clientSecret, OIDC_CA_FILE: path } = env
  const ca = path === undefined ? undefined : readCa('OIDC_CA_FILE', path, problems)
  return {
    issuer: env.OIDC_ISSUER_URL ?? '',
    clientId: env.OIDC_CLIENT_ID ?? '',
    ...(clientSecret !== undefined && { clientSecret }),
    redirectUrl: env.OIDC_REDIRECT_URL ?? '',
    scopes: env.OIDC_SCOPES,
    userClaim: env.OIDC_USER_CLAIM,
    groupsClaim: env.OIDC_GROUPS_CLAIM,
    ...(ca !== undefined && { ca }),
    sessionSecret: env.OIDC_SESSION_SECRET ?? randomBytes(32).toString('hex'),
  }
}
