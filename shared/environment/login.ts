/** Variables of the login: who may use the assistant, and who may approve changes. */
import { z } from 'zod'
import { variable } from './about'
import { checkedText, choice, COMMA, httpUrl, list, secretText, strictFlag, text } from './types'

/** A new mode is named here, and registered in server/auth/modes. */
const authModes = ['none', 'token', 'proxy', 'rancher', 'oidc'] as const
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

/** Tokens are sent there. */
function secureUrl(example: string) {
  return httpUrl(example).refine((url) => /^https:\/\/[^@?#]*$/i.test(url), {
    error: 'must be an https URL without credentials or query',
  })
}

export const loginVariables = {
  AUTH_MODE: variable(choice(authModes).default('none'), {
    group: 'login',
    text: '`none`, `token` (one shared token), `proxy` (a proxy names the user), `rancher` (each user with their own Rancher session) or `oidc` (an identity provider).',
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
    otherwise: 'any address',
    programs: ['app'],
    example: '10.0.0.5,10.1.0.0/16',
  }),
  AUTH_PROXY_HEADER: variable(headerName.default('x-forwarded-user'), {
    group: 'login',
    text: 'The header in which they name the user.',
    programs: ['app'],
  }),
  AUTH_PROXY_GROUPS_HEADER: variable(headerName.default('x-forwarded-groups'), {
    group: 'login',
    text: "The header in which they name the user's groups, separated by commas.",
    programs: ['app'],
  }),
  AUTH_PROXY_SECRET: variable(secretText(16, ', e.g. of "openssl rand -hex 32"').optional(), {
    group: 'login',
    text: 'A secret that the proxies of `proxy` add to each request in the header `X-Proxy-Secret`. It, or `AUTH_PROXY_CA_FILE`, is needed.',
    secret: true,
    programs: ['app'],
  }),
  AUTH_PROXY_CA_FILE: variable(text.optional(), {
    group: 'login',
    text: 'File of a CA in PEM: the proxies of `proxy` need a client certificate of it (mTLS).',
    programs: ['app'],
    example: '/etc/tls/proxies.crt',
  }),
  IMPERSONATE: variable(strictFlag.default(false), {
    group: 'login',
    text: "`1`: with `proxy` and `oidc`, each user's name and groups are sent to the API server (`Impersonate-User`), and their own rights apply. The operator's account must be allowed to.",
    programs: ['app'],
  }),
  RANCHER_URL: variable(secureUrl('https://rancher.example.com').optional(), {
    group: 'login',
    text: 'The Rancher of `rancher`: the only address that session tokens are sent to. In its cluster: `https://rancher.cattle-system`.',
    programs: ['app'],
    example: 'https://rancher.example.com',
  }),
  RANCHER_CA_FILE: variable(text.optional(), {
    group: 'login',
    text: 'File of the CA of its certificate, in PEM.',
    otherwise: "Node's own CAs and `NODE_EXTRA_CA_CERTS`",
    programs: ['app'],
    example: '/etc/rancher/ca.pem',
  }),
  OIDC_ISSUER_URL: variable(secureUrl('https://login.example.com/realms/ops').optional(), {
    group: 'login',
    text: 'The issuer of `oidc`, whose `/.well-known/openid-configuration` is read.',
    programs: ['app'],
    example: 'https://login.example.com/realms/ops',
  }),
  OIDC_CLIENT_ID: variable(text.optional(), {
    group: 'login',
    text: 'The client that is registered there.',
    programs: ['app'],
    example: 'k8s-ai-assistant',
  }),
  OIDC_CLIENT_SECRET: variable(text.optional(), {
    group: 'login',
    text: 'Its secret.',
    otherwise: 'a public client',
    secret: true,
    programs: ['app'],
  }),
  OIDC_REDIRECT_URL: variable(
    httpUrl('https://k8s.example.com/login/callback')
      .refine((url) => /^[^?#]*\/login\/callback$/.test(url), { error: 'must end in /login/callback' })
      .optional(),
    {
      group: 'login',
      text: 'The URL of `/login/callback` as browsers reach it; it has to be registered there, too.',
      programs: ['app'],
      example: 'https://k8s.example.com/login/callback',
    },
  ),
  OIDC_SCOPES: variable(text.default('openid profile email'), {
    group: 'login',
    text: 'The scopes to ask for, separated by spaces.',
    programs: ['app'],
  }),
  OIDC_USER_CLAIM: variable(text.default('sub'), {
    group: 'login',
    text: "The claim that names the user, as the API server's `--oidc-username-claim`.",
    programs: ['app'],
  }),
  OIDC_GROUPS_CLAIM: variable(text.default('groups'), {
    group: 'login',
    text: 'The claim that names their groups.',
    programs: ['app'],
  }),
  OIDC_CA_FILE: variable(text.optional(), {
    group: 'login',
    text: "File of the CA of the issuer's certificate, in PEM.",
    otherwise: "Node's own CAs and `NODE_EXTRA_CA_CERTS`",
    programs: ['app'],
    example: '/etc/tls/issuer-ca.crt',
  }),
  OIDC_SESSION_SECRET: variable(secretText(32, ', e.g. of "openssl rand -hex 32"').optional(), {
    group: 'login',
    text: 'Seals the session cookies of `oidc`; the same in all replicas.',
    otherwise: 'random: sessions end with the process',
    secret: true,
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
