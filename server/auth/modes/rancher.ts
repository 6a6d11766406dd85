/** `AUTH_MODE=rancher`: the user's own Rancher session, checked by Rancher. */
import { getCookie, getRequestHeader } from 'h3'
import type { H3Event } from 'h3'
import { msg } from '#shared/messages/create'
import { LoginError } from '../errors'
import { Secret } from '../secret'
import type { LoginMode } from './mode'

/** Rancher's session cookie. It reaches us behind Rancher's service proxy, and on a subdomain that shares it. */
const COOKIE = 'R_SESS'

/** `<name>:<key>`, e.g. `token-abc12:…` or `ext/token-abc12:…`. Anything else is not sent to Rancher. */
const TOKEN = /^(?:ext\/)?[a-z0-9][a-z0-9.-]{0,252}:[A-Za-z0-9]{8,256}$/

export const rancherMode: LoginMode = {
  variables: ['RANCHER_URL', 'RANCHER_CA_FILE'],
  // Its variables are read by server/config/rancher.ts.
  read() {
    return ({ rancher }) => ({
      hint: msg('login-rancher'),
      async identify(event) {
        const given = tokenOf(event)
        if (given === undefined || !rancher) return undefined
        if (!TOKEN.test(given)) throw new LoginError(msg('login-rancher'))
        const token = new Secret(given)
        const user = await rancher.userOf(token)
        if (!user) throw new LoginError(msg('login-rancher-ended'))
        return { name: user.id, token, ...(user.displayName !== undefined && { displayName: user.displayName }) }
      },
    })
  },
}

/** A program's header goes before a browser's cookie. */
function tokenOf(event: H3Event): string | undefined {
  const [, bearer] = /^Bearer +(\S+)\s*$/i.exec(getRequestHeader(event, 'authorization') ?? '') ?? []
  return bearer ?? (getCookie(event, COOKIE) || undefined)
}
