/** The login by a proxy, which proves itself by a secret. */
const SECRET = 'a-secret-of-the-proxies'

export const proxyLogin = { AUTH_MODE: 'proxy', AUTH_PROXY_SECRET: SECRET }

/** The headers that a proxy adds. */
export function proxied(user: string, groups: readonly string[] = []): Record<string, string> {
  return {
    'x-proxy-secret': SECRET,
    'x-forwarded-user': user,
    ...(groups.length > 0 && { 'x-forwarded-groups': groups.join(',') }),
  }
}
