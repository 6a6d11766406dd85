import { hostname } from 'node:os'
import { describe, expect, it } from 'vitest'
import { ConfigError } from '../../../server/config/error'
import { readConfig } from '../../../server/config/config'
import type { WebConfig } from '../../../server/http/config'
import { isAllowedHost } from '../../../server/http/hosts'
import { refusalOf } from '../../../server/http/provenance'
import { isApi } from '../../../server/http/same-site'

const LOGIN = {
  none: {},
  token: { AUTH_TOKEN: 'a-token-of-some-length' },
  proxy: { AUTH_PROXY_SECRET: 'a-secret-of-some-length' },
}

function readWeb(env: Record<string, string>, mode: keyof typeof LOGIN): WebConfig {
  return readConfig({ ...env, AUTH_MODE: mode, ...LOGIN[mode] }).web
}

const anybody = readWeb({ HOST: '0.0.0.0' }, 'token')

function isRefused(method: string, path: string, headers: Record<string, string>): boolean {
  return refusalOf({ method, path, header: (name) => headers[name] }, anybody) !== undefined
}

describe('the names under which the server may be asked', () => {
  it.each([
    ['127.0.0.1:8005', true],
    ['localhost', true],
    ['LOCALHOST:8005', true],
    ['localhost.:8005', true],
    ['[::1]:8005', true],
    ['192.168.1.7:8005', false],
    ['evil.example.com:8005', false],
    ['127.0.0.1.evil.example.com', false],
    ['', false],
    [undefined, false],
  ])('on loopback, %s: %s', (host, allowed) => {
    for (const mode of ['none', 'token', 'proxy'] as const) {
      expect(isAllowedHost(host, readWeb({}, mode).hosts)).toBe(allowed)
      expect(isAllowedHost(host, readWeb({ HOST: '::1' }, mode).hosts)).toBe(allowed)
    }
  })

  it('are on another address of loopback its own, too', () => {
    expect(isAllowedHost('127.0.0.2:8005', readWeb({ HOST: '127.0.0.2' }, 'none').hosts)).toBe(true)
    expect(isAllowedHost('127.0.0.3:8005', readWeb({ HOST: '127.0.0.2' }, 'none').hosts)).toBe(false)
  })

  it.each([
    ['192.168.1.7:8005', true],
    ['[2001:db8::7]:8005', true],
    ['localhost:8005', true],
    [`${hostname()}:8005`, true],
    ['k8s.example.com', true],
    ['evil.example.com', false],
    ['192.168.1.7.evil.example.com', false],
    ['[evil]', false],
    ['::', false],
    [undefined, false],
  ])('off loopback and without a login, %s: %s', (host, allowed) => {
    const { hosts } = readWeb({ HOST: '0.0.0.0', ALLOWED_HOSTS: 'K8s.example.com, ' }, 'none')
    expect(isAllowedHost(host, hosts)).toBe(allowed)
  })

  it('are with a login those of ALLOWED_HOSTS, else any', () => {
    for (const mode of ['token', 'proxy'] as const) {
      expect(isAllowedHost('any.example.com', readWeb({ HOST: '0.0.0.0' }, mode).hosts)).toBe(true)
      const { hosts } = readWeb({ HOST: '0.0.0.0', ALLOWED_HOSTS: 'a, B' }, mode)
      expect(['a', 'b:1', 'c', '10.0.0.1'].map((host) => isAllowedHost(host, hosts))).toEqual([
        true,
        true,
        false,
        false,
      ])
    }
  })

  it.each(['https://k8s.example.com', 'k8s.example.com:443', 'a b', '*'])('are names: not %s', (value) => {
    expect(() => readWeb({ ALLOWED_HOSTS: value }, 'none')).toThrow(ConfigError)
    expect(() => readWeb({ ALLOWED_HOSTS: value }, 'none')).toThrow(/^ALLOWED_HOSTS: /)
  })
})

describe('requests of other sites', () => {
  const host = { host: 'k8s.example.com' }
  it.each([
    ['POST', '/api/chat', { 'sec-fetch-site': 'cross-site' }, true],
    ['POST', '/api/chat', { 'sec-fetch-site': 'same-site' }, true],
    ['POST', '/api/chat', { 'sec-fetch-site': 'same-origin, cross-site' }, true],
    ['POST', '/api/chat', { 'sec-fetch-site': 'same-origin' }, false],
    ['POST', '/api/chat', {}, false],
    ['POST', '/api/chat', { origin: 'https://evil.example' }, true],
    ['POST', '/api/chat', { origin: 'null' }, true],
    ['POST', '/api/chat', { origin: 'https://k8s.example.com' }, false],
    ['POST', '/api/chat', { origin: 'https://k8s.example.com.evil.example' }, true],
    ['POST', '/api/chat', { origin: 'https://k8s.example.com:444' }, true],
    ['DELETE', '/api/session', { origin: 'https://evil.example' }, true],
    ['PUT', '/', { origin: 'https://evil.example' }, true],
    ['GET', '/api/mcp/tools', { 'sec-fetch-site': 'cross-site' }, true],
    ['GET', '/api/mcp/tools', { origin: 'https://evil.example' }, true],
    ['OPTIONS', '/api/chat', { origin: 'https://evil.example' }, true],
    ['GET', '/api/mcp/tools', { 'sec-fetch-site': 'none' }, false],
    ['GET', '/', { 'sec-fetch-site': 'cross-site' }, false],
    ['GET', '/health', { 'sec-fetch-site': 'cross-site' }, false],
  ])('%s %s with %o: refused is %s', (method, path, headers, refused) => {
    expect(isRefused(method, path, { ...host, ...headers })).toBe(refused)
  })

  it('are distinguished from our own behind a proxy', () => {
    const proxied = { host: 'app:8005', 'x-forwarded-host': 'k8s.example.com' }
    expect(isRefused('POST', '/api/chat', { ...proxied, origin: 'https://k8s.example.com' })).toBe(false)
    expect(isRefused('POST', '/api/chat', { ...proxied, origin: 'https://evil.example' })).toBe(true)
    // Some proxies say nothing of the name they were asked under: the browser's own word is enough.
    const silent = { host: 'app:8005', origin: 'https://k8s.example.com', 'sec-fetch-site': 'same-origin' }
    expect(isRefused('POST', '/api/chat', silent)).toBe(false)
  })

  it('compare the port as a URL does', () => {
    expect(isRefused('POST', '/', { host: 'k8s.example.com:443', origin: 'https://k8s.example.com' })).toBe(false)
    expect(isRefused('POST', '/', { host: 'k8s.example.com:443', origin: 'http://k8s.example.com' })).toBe(true)
  })
})

describe('the API', () => {
  it.each([
    '/api',
    '/api/chat',
    '//api/chat',
    '/API/chat',
    '/%61pi/chat',
    '/api%2Fchat',
    '/./api/chat',
    '/api?x',
    '/api/%E0',
  ])('is %s', (path) => expect(isApi(path)).toBe(true))
  it.each(['/', '/apis', '/health', '/_nuxt/api.js'])('is not %s', (path) => expect(isApi(path)).toBe(false))
})

describe('who may put the page in a frame', () => {
  it.each([
    [undefined, []],
    ['none', []],
    ["'none'", []],
    ['self', ["'self'"]],
    ["'self' https://rancher.example.com", ["'self'", 'https://rancher.example.com']],
    ['https://rancher.example.com:8443/', ['https://rancher.example.com:8443']],
  ])('%s: %o', (value, sources) => {
    expect(readWeb(value === undefined ? {} : { FRAME_ANCESTORS: value }, 'none').frameAncestors).toEqual(sources)
  })

  it.each([
    '*',
    'https:',
    'rancher.example.com',
    'https://r.example.com/path',
    "'none' 'self'",
    'https://*',
    'https://a;script-src',
  ])('is not %s', (value) => expect(() => readWeb({ FRAME_ANCESTORS: value }, 'none')).toThrow(/^FRAME_ANCESTORS: /))
})
