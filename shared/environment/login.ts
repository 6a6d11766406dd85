/** Variables of the login: who may use the assistant, and who may approve changes. */
import { z } from 'zod'
import { variable } from './about'
import { checkedText, choice, COMMA, list, secretText } from './types'

/** A new mode is named here, and registered in server/auth/modes. */
const authModes = ['none', 'token', 'proxy'] as const
export type AuthMode = (typeof authModes)[number]

const NO_USER_HEADERS = ['authorization', 'cookie', 'host', 'origin']

const headerName = checkedText((value) => {
  const name = value.toLowerCase()
  return /^[a-z0-9-]{1,100}$/.test(name) && !NO_USER_HEADERS.includes(name) ? name : undefined
}, 'is not the name of a header that can carry a user')

const anyPeer = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])

/** An address that may belong to a trusted proxy. */
function isPeer(entry: string): boolean {
  return anyPeer.safeParse(entry).success && !/\/0+$/.test(entry)
}

export const loginVariables = {
  AUTH_MODE: variable(choice(authModes).default('none'), {
    group: 'login',
    text: '`none`, `token` (one shared token) or `proxy` (a proxy names the user).',
    programs: ['app'],
    common: true,
  }),
  AUTH_TOKEN: variable(secretText(16, ', e.g. of "openssl rand -hex 32"').optional(), {
    group: 'login',
    text: 'The shared token of `token`: 16 characters or more.',
    secret: true,
    programs: ['app'],
  }),
  AUTH_PROXY_PEERS: variable(list(COMMA, isPeer, 'is neither an address nor a range such as 10.0.0.0/24').optional(), {
    group: 'login',
    text: 'Addresses and ranges of the proxies of `proxy`, separated by commas.',
    programs: ['app'],
    example: '10.0.0.5,10.1.0.0/16',
  }),
  AUTH_PROXY_HEADER: variable(headerName.default('x-forwarded-user'), {
    group: 'login',
    text: 'The header in which they name the user.',
    programs: ['app'],
  }),
  AUTH_WRITERS: variable(list(COMMA).optional(), {
    group: 'login',
    text: 'Names of the users who may approve changes, separated by commas; all others only read.',
    otherwise: 'everybody who is logged in',
    programs: ['app'],
    example: 'ada,bob',
  }),
}
