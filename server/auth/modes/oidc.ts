/** `AUTH_MODE=oidc`: users log in at an identity provider, and a sealed cookie keeps who they are. */
import { getRequestURL } from 'h3'
import { msg } from '#shared/messages/create'
import { z } from 'zod'
import { readOidc } from '../../config/oidc'
import { LoginError } from '../errors'
import type { OidcProvider } from '../oidc/provider'
import { SealedCookie } from '../oidc/sealed-cookie'
import { SessionCookies } from '../session-cookie'
import type { LoginMode } from './mode'

/** A frame of another site opens the login in a tab, where no partition is that of the frame. */
const PLACE = { isPartitioned: false }

const loginStateSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string() })

const userSchema = z.object({
  name: z.string(),
  displayName: z.string().optional(),
  groups: z.array(z.string()).default([]),
})

export const oidcMode: LoginMode = {
  variables: ['OIDC_ISSUER_URL', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_REDIRECT_URL', 'OIDC_CA_FILE'],
  read(env, problems) {
    const config = readOidc(env, problems)
    return () => {
      // Loaded with the first login: the library would slow down each start.
      let loaded: Promise<OidcProvider> | undefined
      const provider = () => (loaded ??= import('../oidc/provider').then((found) => new found.OidcProvider(config)))
      const session = new SessionCookies(config.sessionSecret)
      const login = new SealedCookie(config.sessionSecret)
      return {
        hint: msg('login-oidc'),
        async identify(event) {
          const parsed = userSchema.safeParse(await session.dataOf(event))
          if (!parsed.success) return undefined
          const { displayName, ...user } = parsed.data
          return { ...user, ...(displayName !== undefined && { displayName }) }
        },
        redirect: {
          async start(event) {
            const { url, login: state } = await (await provider()).start()
            await login.write(event, state)
            return url.href
          },
          async finish(event) {
            const state = loginStateSchema.safeParse(await login.take(event))
            if (!state.success) throw new LoginError(msg('login-oidc-expired'))
            const {
              name,
              displayName,
              groups = [],
            } = await (await provider()).finish(getRequestURL(event).searchParams, state.data)
            // Without impersonation nobody reads the groups, and a cookie is small.
            const kept = env.IMPERSONATE ? groups : []
            await session.begin(event, PLACE, { name, groups: kept, ...(displayName !== undefined && { displayName }) })
            return (await provider()).home()
          },
          logoutUrl: async () => (await provider()).logoutUrl(),
        },
        end: (event) => session.end(event),
      }
    }
  },
}
