import { describe, expect, it } from 'vitest'
import type { AuthConfig } from '../../../server/auth/config'
import { readConfig } from '../../../server/config/config'
import { ConfigError } from '../../../server/config/error'
import { toCaller } from '../../../server/auth/user'

const toUser = (name: string, auth: AuthConfig) => toCaller({ name }, auth).user
const readAuth = (env: Record<string, string>): AuthConfig => readConfig(env).auth

const TOKEN = 'a-token-of-some-length'
const PROXY = { AUTH_MODE: 'proxy', AUTH_PROXY_SECRET: 'a-secret-of-some-length' }

const RANCHER = { AUTH_MODE: 'rancher', RANCHER_URL: 'https://rancher.test' }

describe('the configuration of the login', () => {
  it.each([
    ['AUTH_MODE', { AUTH_MODE: 'basic' }],
    ['AUTH_TOKEN', { AUTH_MODE: 'token' }],
    ['AUTH_TOKEN', { AUTH_MODE: 'token', AUTH_TOKEN: 'fifteen-letters' }],
    ['AUTH_TOKEN', { AUTH_MODE: 'token', AUTH_TOKEN: 'with a space in its middle' }],
    ['AUTH_TOKEN', { AUTH_TOKEN: TOKEN }],
    ['AUTH_TOKEN', { ...PROXY, AUTH_TOKEN: TOKEN }],
    ['AUTH_PROXY_SECRET', { AUTH_MODE: 'proxy' }],
    ['AUTH_PROXY_SECRET', { AUTH_MODE: 'proxy', AUTH_PROXY_PEERS: '10.0.0.5' }],
    ['AUTH_PROXY_SECRET', { AUTH_MODE: 'proxy', AUTH_PROXY_SECRET: 'short' }],
    ['AUTH_PROXY_SECRET', { AUTH_PROXY_SECRET: 'a-secret-of-some-length' }],
    ['AUTH_PROXY_CA_FILE', { AUTH_MODE: 'proxy', AUTH_PROXY_CA_FILE: '/nowhere/ca.crt' }],
    ['IMPERSONATE', { IMPERSONATE: '1' }],
    ['IMPERSONATE', { AUTH_MODE: 'token', AUTH_TOKEN: TOKEN, IMPERSONATE: '1' }],
    ['MCP_SERVER_URL', { ...PROXY, IMPERSONATE: '1', MCP_SERVER_URL: 'http://127.0.0.1:3000' }],
    ['AUTH_PROXY_PEERS', { AUTH_PROXY_PEERS: '10.0.0.5' }],
    ['AUTH_PROXY_PEERS', { ...PROXY, AUTH_PROXY_PEERS: ',' }],
    ['AUTH_PROXY_PEERS', { ...PROXY, AUTH_PROXY_PEERS: 'proxy.example.com' }],
    ['AUTH_PROXY_PEERS', { ...PROXY, AUTH_PROXY_PEERS: '10.0.0.0/33' }],
    ['AUTH_PROXY_PEERS', { ...PROXY, AUTH_PROXY_PEERS: '10.0.0.0/' }],
    ['AUTH_PROXY_PEERS', { ...PROXY, AUTH_PROXY_PEERS: '0.0.0.0/0' }],
    ['RANCHER_URL', { AUTH_MODE: 'rancher' }],
    ['RANCHER_URL', { RANCHER_URL: 'https://rancher.test' }],
    ['RANCHER_URL', { AUTH_MODE: 'rancher', RANCHER_URL: 'http://rancher.test' }],
    ['RANCHER_URL', { AUTH_MODE: 'rancher', RANCHER_URL: 'https://user:pass@rancher.test' }],
    ['RANCHER_CA_FILE', { ...RANCHER, RANCHER_CA_FILE: '/nowhere/ca.pem' }],
    ['MCP_SERVER_URL', { ...RANCHER, MCP_SERVER_URL: 'http://127.0.0.1:3000' }],
    ['DEMO', { ...RANCHER, DEMO: '1' }],
    ['AUTH_PROXY_HEADER', { ...PROXY, AUTH_PROXY_HEADER: 'X User' }],
    ['AUTH_PROXY_HEADER', { ...PROXY, AUTH_PROXY_HEADER: 'Authorization' }],
  ])('names the wrong variable %s', (variable, env) => {
    expect(() => readAuth(env)).toThrow(ConfigError)
    expect(() => readAuth(env)).toThrow(new RegExp(`^${variable}: `))
  })

  it('does not reveal the token if it is invalid', () => {
    expect(() => readAuth({ AUTH_MODE: 'token', AUTH_TOKEN: 'hunter2' })).not.toThrow(/hunter2/)
  })
})

describe('what a user may do', () => {
  it('is everything on loopback without a login', () => {
    for (const host of [undefined, 'localhost', '127.0.0.1', '127.0.0.2', '::1'])
      expect(toUser('anonymous', readAuth(host ? { HOST: host } : {}))).toEqual({ name: 'anonymous', mayWrite: true })
  })

  it('is to read only, off loopback without a login', () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.7', 'node-1'])
      expect(toUser('anonymous', readAuth({ HOST: host }))).toEqual({
        name: 'anonymous',
        mayWrite: false,
        readOnlyReason: expect.objectContaining({
          text: `Writes are off: the server listens on ${host} without a login. Set AUTH_MODE.`,
        }),
      })
  })

  it('is everything for those who are logged in, or only for those whom AUTH_WRITERS names', () => {
    const open = { HOST: '0.0.0.0', ...PROXY }
    expect(toUser('ada', readAuth(open)).mayWrite).toBe(true)
    const auth = readAuth({ ...open, AUTH_WRITERS: 'ada, bob' })
    expect(['ada', 'bob', 'Ada', 'eve'].map((name) => toUser(name, auth).mayWrite)).toEqual([true, true, false, false])
    expect(toUser('eve', auth).readOnlyReason?.text).toContain('AUTH_WRITERS')
  })
})
