import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig } from '../../../server/config/config'
import { ConfigError } from '../../../server/config/error'
import { listenProblem, listenUrl } from '../../../server/config/listen'
import type { ListenConfig } from '../../../server/config/listen'
import { selfSigned } from '../../support/app'

const readListen = (env: Record<string, string>): ListenConfig => readConfig(env).listen

function problem(env: Record<string, string>): string {
  try {
    readListen(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  throw new Error('no problem was found')
}

describe('the listen address', () => {
  it('is 127.0.0.1:8005 over HTTP, with nothing set', () => {
    expect(readListen({})).toEqual({ host: '127.0.0.1', port: 8005, requestMs: 30_000 })
    expect(readListen({ HOST: '', PORT: ' ', TLS_CERT_FILE: '', TLS_KEY_FILE: '' })).toEqual({
      host: '127.0.0.1',
      port: 8005,
      requestMs: 30_000,
    })
  })

  it.each([
    [
      { HOST: '0.0.0.0', PORT: '80', TLS: 'off' },
      { host: '0.0.0.0', port: 80 },
    ],
    [
      { HOST: '::1', PORT: '0' },
      { host: '::1', port: 0 },
    ],
    [{ REQUEST_SECONDS: '5' }, { host: '127.0.0.1', port: 8005, requestMs: 5000 }],
    [{ HOST: '[::1]' }, { host: '::1', port: 8005 }],
    [
      { HOST: 'localhost', PORT: ' 65535 ' },
      { host: 'localhost', port: 65_535 },
    ],
  ])('is read from %j', (env, expected) => {
    expect(readListen(env)).toEqual({ requestMs: 30_000, ...expected })
  })

  it.each(['65536', '-1', '80.5', 'http', '0x50', '1e3'])('refuses PORT=%s', (value) => {
    expect(problem({ PORT: value })).toBe(`PORT: "${value}" is not a whole number from 0 to 65535`)
  })

  it.each(['0', '3601', '1.5', 'soon'])('refuses REQUEST_SECONDS=%s', (value) => {
    expect(problem({ REQUEST_SECONDS: value })).toBe(`REQUEST_SECONDS: "${value}" is not a whole number from 1 to 3600`)
  })

  it.each(['http://127.0.0.1', '127.0.0.1:80x/', 'localhost:8005', 'a b'])('refuses HOST=%s', (value) => {
    expect(problem({ HOST: value })).toMatch(/^HOST: /)
  })

  it('is printed as a URL', () => {
    expect(listenUrl({ address: '127.0.0.1', port: 8005, family: 'IPv4' }, false)).toBe('http://127.0.0.1:8005')
    expect(listenUrl({ address: '::1', port: 8443, family: 'IPv6' }, true)).toBe('https://[::1]:8443')
  })

  it.each([
    ['EADDRINUSE', 'PORT: 8005 on 10.0.0.1 is in use'],
    ['EACCES', 'PORT: this user may not listen on 8005'],
    ['EADDRNOTAVAIL', 'HOST: "10.0.0.1" is not an address of this machine'],
    ['ENOTFOUND', 'HOST: the name "10.0.0.1" does not resolve'],
  ])('says what to do about %s', (code, words) => {
    expect(listenProblem(code, { host: '10.0.0.1', port: 8005 })?.message).toContain(words)
  })

  it('leaves other errors alone', () => {
    expect(listenProblem('EMFILE', { host: '10.0.0.1', port: 8005 })).toBeUndefined()
  })
})

describe('TLS files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'listen-test-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (name: string): string => join(folder, name)
  const pair = (name: string): void => {
    const { cert, key } = selfSigned()
    writeFileSync(file(`${name}.crt`), cert)
    writeFileSync(file(`${name}.key`), key)
  }
  pair('one')
  pair('two')
  writeFileSync(file('no.pem'), 'not a certificate')

  it('are handed on with their text', () => {
    const files = { TLS_CERT_FILE: file('one.crt'), TLS_KEY_FILE: file('one.key') }
    expect(readListen({ TLS: 'auto', ...files }).tls).toEqual({
      kind: 'files',
      certFile: file('one.crt'),
      keyFile: file('one.key'),
      pair: {
        cert: expect.stringMatching(/^-----BEGIN CERTIFICATE-----/),
        key: expect.stringMatching(/^-----BEGIN PRIVATE KEY-----/),
      },
    })
  })

  it.each([
    [{ TLS: 'file' }, 'TLS_CERT_FILE: is needed'],
    [{ TLS: 'off', TLS_KEY_FILE: file('one.key') }, 'TLS_KEY_FILE: has no effect with TLS=off'],
    [{ TLS: 'on' }, 'TLS: "on" is none of auto, off, file'],
    [{ TLS_CERT_FILE: file('one.crt') }, 'TLS_KEY_FILE: is needed'],
    [{ TLS_KEY_FILE: file('one.key') }, 'TLS_CERT_FILE: is needed'],
    [{ TLS_CERT_FILE: file('none'), TLS_KEY_FILE: file('one.key') }, 'TLS_CERT_FILE: cannot read the file'],
    [{ TLS_CERT_FILE: file('one.crt'), TLS_KEY_FILE: folder }, 'TLS_KEY_FILE: cannot read the file'],
    [{ TLS_CERT_FILE: file('no.pem'), TLS_KEY_FILE: file('one.key') }, 'TLS_CERT_FILE: '],
    [{ TLS_CERT_FILE: file('one.crt'), TLS_KEY_FILE: file('no.pem') }, 'TLS_KEY_FILE: '],
    [
      { TLS_CERT_FILE: file('one.crt'), TLS_KEY_FILE: file('two.key') },
      `TLS_KEY_FILE: ${file('two.key')} is not the key of`,
    ],
  ])('are refused: %j', (env, words) => {
    expect(problem(env)).toContain(words)
  })
})

describe('HTTPS without a certificate', () => {
  const state = { XDG_STATE_HOME: '/state' }

  it.each(['127.0.0.1', 'localhost', '::1'])('is off on %s', (HOST) => {
    expect(readListen({ HOST }).tls).toBeUndefined()
    expect(readListen({ HOST, TLS: 'auto' }).tls).toBeUndefined()
  })

  it.each([
    [{ HOST: '0.0.0.0' }, []],
    [{ HOST: '::' }, []],
    [{ HOST: '192.168.1.7', ALLOWED_HOSTS: 'k8s.example.com' }, ['192.168.1.7', 'k8s.example.com']],
  ])('is self-signed on %j', (env, names) => {
    expect(readListen({ ...env, ...state }).tls).toEqual({
      kind: 'self-signed',
      folder: join('/state', 'k8s-ai-assistant'),
      names,
    })
  })

  it('is off with TLS=off', () => {
    expect(readListen({ HOST: '0.0.0.0', TLS: 'off' }).tls).toBeUndefined()
  })
})
