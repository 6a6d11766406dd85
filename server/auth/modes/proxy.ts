/** `AUTH_MODE=proxy`: a trusted proxy names the user in a header. */
import { getRequestHeader } from 'h3'
import { msg } from '#shared/messages/create'
import { isPeer, peerList, readProxyUser } from '../proxy-user'
import type { LoginMode } from './mode'

const NEEDED = 'is needed with AUTH_MODE=proxy: addresses of the proxies, e.g. 10.0.0.5 or 10.0.0.0/24'

export const proxyMode: LoginMode = {
  variables: ['AUTH_PROXY_PEERS'],
  read(env, problems) {
    const { AUTH_PROXY_PEERS: entries = [], AUTH_PROXY_HEADER: header } = env
    if (entries.length === 0) problems.add('AUTH_PROXY_PEERS', NEEDED)
    const peers = peerList(entries)
    return () => ({
      async identify(event) {
        if (!isPeer(event.node.req.socket.remoteAddress, peers)) return undefined
        return readProxyUser(getRequestHeader(event, header))
      },
      hint: msg('login-no-user', { variable: 'AUTH_PROXY_PEERS' }),
    })
  },
}
