/** `AUTH_MODE=proxy`: a trusted proxy names the user in a header, and proves itself by a secret or a certificate. */
import type { IncomingMessage } from 'node:http'
import { TLSSocket } from 'node:tls'
import { getRequestHeader } from 'h3'
import { msg } from '#shared/messages/create'
import { isPeer, peerList, readProxyGroups, readProxyUser } from '../proxy-user'
import { isSameToken } from '../token'
import type { LoginMode } from './mode'

const NEEDED =
  'is needed with AUTH_MODE=proxy, or AUTH_PROXY_CA_FILE: an address alone proves nothing, e.g. behind a Kubernetes service proxy'

/** It must not reach users: the proxy replaces it in each request. */
const SECRET_HEADER = 'x-proxy-secret'

export const proxyMode: LoginMode = {
  variables: ['AUTH_PROXY_PEERS', 'AUTH_PROXY_SECRET', 'AUTH_PROXY_CA_FILE'],
  read(env, problems) {
    const { AUTH_PROXY_SECRET: secret, AUTH_PROXY_CA_FILE: caFile, AUTH_PROXY_PEERS: entries } = env
    const { AUTH_PROXY_HEADER: userHeader, AUTH_PROXY_GROUPS_HEADER: groupsHeader } = env
    if (secret === undefined && caFile === undefined) problems.add('AUTH_PROXY_SECRET', NEEDED)
    if (entries?.length === 0) problems.add('AUTH_PROXY_PEERS', 'names no address')
    const peers = entries && peerList(entries)
    return () => ({
      async identify(event) {
        const { req } = event.node
        if (peers && !isPeer(req.socket.remoteAddress, peers)) return undefined
        if (caFile !== undefined && !hasCertificate(req)) return undefined
        if (secret !== undefined && !isSameToken(getRequestHeader(event, SECRET_HEADER) ?? '', secret)) return undefined
        const name = readProxyUser(getRequestHeader(event, userHeader))
        if (name === undefined) return undefined
        return { name, groups: readProxyGroups(getRequestHeader(event, groupsHeader)) }
      },
      hint: msg('login-no-user', { variable: caFile === undefined ? 'AUTH_PROXY_SECRET' : 'AUTH_PROXY_CA_FILE' }),
    })
  },
}

/** Of the CA in AUTH_PROXY_CA_FILE, the only one that the server accepts from clients. */
function hasCertificate({ socket }: IncomingMessage): boolean {
  return socket instanceof TLSSocket && socket.authorized
}
