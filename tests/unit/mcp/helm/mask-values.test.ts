import { describe, expect, it } from 'vitest'
import { maskText, maskValues, secretsIn } from '../../../../mcp/helm/mask-values'
import { isSensitiveKey } from '../../../../shared/redact/key'
import { cpuMs } from '../../../support/cpu-time'

const SECRET = 'zebra-Crossing-7731'
const base64 = (text: string): string => Buffer.from(text).toString('base64')

function masked(values: unknown): string {
  return JSON.stringify(maskValues(values, secretsIn(values)))
}

describe('a key of chart values', () => {
  it.each([
    'password',
    'DB_PASSWORD',
    'adminPassword',
    'redis-password',
    'mysqlRootPassword',
    'accessToken',
    'apiKey',
    'API_KEY',
    'secretAccessKey',
    'client_secret',
    'jwtSecret',
    'privateKey',
    'smtpPass',
    'ｐａｓｓｗｏｒｄ',
  ])('%s holds a credential', (key) => expect(isSensitiveKey(key)).toBe(true))

  it.each([
    'existingSecret',
    'existingSecretPasswordKey',
    'secretName',
    'imagePullSecrets',
    'tokenExpirationSeconds',
    'passwordPolicy',
    'secretRef',
    'bypass',
    'keyspace',
    'replicas',
    'compass',
  ])('%s holds none', (key) => expect(isSensitiveKey(key)).toBe(false))
})

describe('values of a release', () => {
  it.each([
    ['a key that tells', { password: SECRET }],
    ['a list below one', { passwords: ['a', SECRET] }],
    ['a map below one', { secretEnv: { FOO: SECRET } }],
    ['an entry of env', { env: [{ name: 'DB_PASSWORD', value: SECRET }] }],
    ['an entry of env, value first', { env: [{ value: SECRET, name: 'DB_PASSWORD' }] }],
    ['an argument', { args: [`--password=${SECRET}`] }],
    ['the argument after a flag', { args: ['--db-password', SECRET] }],
    ['a file among the values', { config: `[db]\nhost = a\npassword = "${SECRET}"\n` }],
    ['a URL', { url: `postgres://app:${SECRET}@db:5432/shop` }],
    ['a Secret among extra objects', { extra: [{ kind: 'Secret', stringData: { foo: SECRET } }] }],
    ['another value that repeats it', { password: SECRET, motd: `use ${SECRET} to log in` }],
    ['base64 of it elsewhere', { password: SECRET, blob: base64(SECRET) }],
    ['base64 of a text with it', { password: SECRET, dockerconfig: base64(`{"auths":{"x":{"p":"${SECRET}"}}}`) }],
    ['base64 of base64 of it', { password: SECRET, blob: base64(base64(`user:${SECRET}`)) }],
    ['a file and the base64 of its line', { config: `token: ${SECRET}`, blob: base64(`x=${SECRET}`) }],
  ])('hide a credential in %s', (_, values) => {
    const text = masked(values)
    expect(text).toContain('<redacted>')
    expect(text).not.toContain(SECRET)
    expect(text).not.toContain(base64(SECRET).slice(0, 16))
  })

  it('hide a number under a key that tells', () => {
    expect(masked({ password: 773_100_42 })).toBe('{"password":"<redacted>"}')
  })

  it('hide keys and tokens by their shape', () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----\n'
    const text = masked({ cert: pem, blob: base64(pem), note: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefgh' })
    expect(text).not.toMatch(/MIIEvQ|eyJhbGci|TUlJRXZR/)
  })

  it('keep harmless values', () => {
    const values = {
      replicas: 2,
      image: { repository: 'registry.example.com/shop/cart', tag: '2.4.0', digest: `sha256:${'ab'.repeat(32)}` },
      existingSecret: 'shop-db',
      imagePullSecrets: [{ name: 'registry' }],
      auth: { enabled: true, username: 'shop', existingSecretPasswordKey: 'redis-password' },
      secret: { create: true, name: 'shop-secret', annotations: {} },
      password: '',
      env: [{ name: 'LOG_LEVEL', value: 'debug' }],
      command: ['sh', '-c', 'echo $(DB_PASSWORD)'],
    }
    expect(maskValues(values, secretsIn(values))).toEqual(values)
  })

  it('are hidden in a description that repeats them', () => {
    const text = maskText(`Upgrade failed: invalid value "${SECRET}"`, secretsIn({ token: SECRET }))
    expect(text).toBe('Upgrade failed: invalid value "<redacted>"')
  })

  it('takes linear time for long text', () => {
    const pieces = ['a-', 'password', '://a:', 'eyJ', '-----BEGIN A', 'a=', '"a":"']
    expect(cpuMs(() => pieces.map((piece) => maskText(piece.repeat(40_000), [SECRET])))).toBeLessThan(3000)
  })
})
