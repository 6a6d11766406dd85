import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { briefHealthSchema, healthSchema } from '../../../shared/health'
import { selfSigned, spawnApp, startApp } from '../../support/app'
import type { App } from '../../support/app'
import { rawRequest } from '../../support/http'
import type { RawRequest } from '../../support/http'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { proxied, proxyLogin } from '../../support/proxy-login'
import { openSocket } from '../../support/socket'

const TOKEN = 'a-token-of-some-length'
const bearer = { authorization: `Bearer ${TOKEN}` }
const question = JSON.stringify({ messages: [{ role: 'user', content: 'hello' }] })

const everyRoute: [string, RawRequest][] = [
  ['POST /api/chat', { method: 'POST', path: '/api/chat', body: question }],
  ['GET /api/chat/c/stream', { path: '/api/chat/c/stream' }],
  ['POST /api/turns/…/stop', { method: 'POST', path: '/api/turns/turn-0123456789ab/stop' }],
  ['GET /api/mcp/status', { path: '/api/mcp/status' }],
  ['GET /api/mcp/tools', { path: '/api/mcp/tools' }],
  ['POST /api/mcp/reconnect', { method: 'POST', path: '/api/mcp/reconnect' }],
  ['GET /api/nothing', { path: '/api/nothing' }],
]

/** Spellings that might bypass the check of API paths. */
const spellings = [
  '//api/mcp/status',
  '/api//mcp/status',
  '/./api/mcp/status',
  '/x/../api/mcp/status',
  '/API/mcp/status',
  '/%61pi/mcp/status',
  '/api%2Fmcp/status',
  '/api\\mcp\\status',
  '/api/mcp/status/',
  '/api/session/../mcp/status',
  '/api/mcp/status?/api/session',
  '/api/mcp/status#/api/session',
  '//127.0.0.1/api/mcp/status',
]

function cookieOf(headers: { 'set-cookie'?: string[] | undefined }): string {
  return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

let replay: ReplayServer
beforeAll(async () => {
  replay = await startReplayServer()
})
afterAll(() => replay?.close())

describe('with a token', () => {
  let app: App
  beforeAll(async () => {
    app = await startApp({ OLLAMA_BASE_URL: replay.url, AUTH_MODE: 'token', AUTH_TOKEN: TOKEN, LOG_LEVEL: 'debug' })
  })
  afterAll(() => app?.stop())

  const ask = (request: RawRequest) => rawRequest(app.url, request)
  const login = (token = TOKEN, more: RawRequest = {}) =>
    ask({ method: 'POST', path: '/api/session', body: JSON.stringify({ token }), ...more })

  it.each(everyRoute)('%s is refused without a login, with a message', async (_, request) => {
    const refused = await ask(request)
    expect(refused.status).toBe(401)
    expect(refused.headers['www-authenticate']).toBe('Bearer')
    expect(JSON.parse(refused.body)).toMatchObject({
      error: { code: 'login-needed', message: expect.stringContaining('/api/session') },
    })
  })

  it.each(spellings)('there is no way around it by %s', async (path) => {
    const refused = await ask({ path })
    expect(refused.body).not.toContain('transport')
    // Any path outside the API returns the page.
    expect(refused.status === 401 || refused.headers['content-type']?.startsWith('text/html')).toBe(true)
  })

  it('opens no socket', async () => {
    await expect(openSocket(app.url)).rejects.toThrow('401')
  })

  it('leaves the page, /ready and the bare states of /health open', async () => {
    expect((await ask({ path: '/' })).headers['content-type']).toContain('text/html')
    expect((await ask({ path: '/ready' })).status).toBe(200)
    const { status, body } = await ask({ path: '/health' })
    expect(status).toBe(200)
    expect(briefHealthSchema.strict().safeParse(JSON.parse(body)).success).toBe(true)
    expect(body).not.toContain('127.0.0.1')
    expect(healthSchema.safeParse(JSON.parse((await ask({ path: '/health', headers: bearer })).body)).success).toBe(
      true,
    )
  })

  it('takes the token as a bearer, also for a socket', async () => {
    replay.enqueue(answer.text('Hello.'))
    const answered = await ask({ ...everyRoute[0]?.[1], headers: { ...bearer, accept: 'application/json' } })
    expect(JSON.parse(answered.body)).toMatchObject({ message: { content: 'Hello.' } })
    const socket = await openSocket(app.url, { headers: bearer })
    socket.send({ type: 'watch' })
    expect(await socket.next()).toMatchObject({ type: 'health' })
    socket.close()
  })

  it('trades the token for a cookie that scripts do not see and other sites do not send', async () => {
    expect(JSON.parse((await ask({ path: '/api/session' })).body)).toEqual({
      mode: 'token',
      login: 'token',
      user: null,
    })
    const begun = await login()
    const user = { name: 'operator', mayWrite: true }
    // The demo cluster allows changes by default.
    const accessMode = 'approve'
    expect(JSON.parse(begun.body)).toEqual({ mode: 'token', login: 'token', rights: 'server', user, accessMode })
    const [set = ''] = begun.headers['set-cookie'] ?? []
    expect(set).toMatch(/; Max-Age=43200; Path=\/; .*HttpOnly; .*SameSite=Strict/)
    expect(set).not.toMatch(/Secure/)
    expect(set).not.toContain(TOKEN)
    const cookie = cookieOf(begun.headers)
    expect(JSON.parse((await ask({ path: '/api/session', headers: { cookie } })).body)).toEqual({
      mode: 'token',
      login: 'token',
      rights: 'server',
      user,
      accessMode,
    })
    expect((await ask({ path: '/api/mcp/status', headers: { cookie } })).status).toBe(200)
    const socket = await openSocket(app.url, { headers: { cookie } })
    socket.close()
  })

  it('marks the cookie as Secure if the browser used HTTPS', async () => {
    const { headers } = await login(TOKEN, { headers: { 'x-forwarded-proto': 'https' } })
    expect(headers['set-cookie']?.[0]).toContain('Secure')
  })

  it('takes no cookie that was altered, cut, or made up', async () => {
    const cookie = cookieOf((await login()).headers)
    const altered = cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    const [name = '', value = ''] = cookie.split('=')
    for (const wrong of [
      altered,
      cookie.slice(0, -5),
      `${name}=operator`,
      `${name}=${'x'.repeat(8000)}`,
      `other=${value}`,
      `${name}=`,
    ])
      expect((await ask({ path: '/api/mcp/status', headers: { cookie: wrong } })).status).toBe(401)
  })

  it('ends a session, also for a copy of its cookie', async () => {
    const cookie = cookieOf((await login()).headers)
    const ended = await ask({ method: 'DELETE', path: '/api/session', headers: { cookie } })
    expect(ended.status).toBe(204)
    expect(ended.headers['set-cookie']?.[0]).toMatch(/Max-Age=0/)
    expect((await ask({ path: '/api/mcp/status', headers: { cookie } })).status).toBe(401)
    expect((await ask({ method: 'DELETE', path: '/api/session' })).status).toBe(204)
  })

  it('ends a socket that outlives its session, at the next message', async () => {
    const cookie = cookieOf((await login()).headers)
    const socket = await openSocket(app.url, { headers: { cookie } })
    socket.send({ type: 'watch' })
    expect(await socket.next()).toMatchObject({ type: 'health' })
    await ask({ method: 'DELETE', path: '/api/session', headers: { cookie } })
    socket.send({ type: 'attach', turnId: 'turn-0123456789ab' })
    await expect(socket.next()).rejects.toThrow('closed')
  })

  it.each(['{', '{}', '{"token":1}', '{"token":""}', '[]'])('rejects %s as a login', async (body) => {
    const refused = await login('', { body })
    expect(refused.status).toBe(400)
    expect(JSON.parse(refused.body)).toMatchObject({ error: { code: 'bad-request' } })
  })

  it('refuses a login from another site', async () => {
    expect((await login(TOKEN, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
  })

  it('limits wrong tokens of an address, with a message, and leaves other addresses and open sessions alone', async () => {
    const from = '127.0.0.9'
    const cookie = cookieOf((await login(TOKEN, { from })).headers)
    const seen: number[] = []
    for (let i = 0; i < 6; i++) {
      seen.push((await login(`some guess ${i}`, { from })).status)
      seen.push((await ask({ path: '/api/mcp/status', headers: { authorization: 'Bearer wrong' }, from })).status)
    }
    expect(seen.slice(0, 10)).toEqual(Array(10).fill(401))
    expect(seen.slice(10)).toEqual([429, 429])
    const limited = await login(TOKEN, { from })
    expect(limited.status).toBe(429)
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0)
    expect(JSON.parse(limited.body)).toMatchObject({
      error: { code: 'too-many-attempts', message: expect.stringContaining('Try again') },
    })
    expect((await ask({ path: '/api/mcp/status', headers: { cookie }, from })).status).toBe(200)
    expect((await login(TOKEN, { from: '127.0.0.8' })).status).toBe(200)
  })

  it('says the token nowhere in its log', () => {
    expect(app.logs().join('\n')).not.toContain(TOKEN)
    expect(app.logs().join('\n')).not.toContain('some guess')
  })

  it('ends all sessions when it is changed, and none by a restart', async () => {
    const cookie = cookieOf((await login()).headers)
    const statusWith = async (token: string) => {
      const other = await startApp({ OLLAMA_BASE_URL: replay.url, AUTH_MODE: 'token', AUTH_TOKEN: token })
      const { status } = await rawRequest(other.url, { path: '/api/mcp/status', headers: { cookie } })
      await other.stop()
      return status
    }
    expect(await statusWith(TOKEN)).toBe(200)
    expect(await statusWith(`${TOKEN}-changed`)).toBe(401)
  })
})

describe('behind a proxy', () => {
  let app: App
  beforeAll(async () => {
    app = await startApp({
      OLLAMA_BASE_URL: replay.url,
      ...proxyLogin,
      AUTH_PROXY_PEERS: '127.0.0.2,10.0.0.0/8',
      AUTH_WRITERS: 'ada',
    })
  })
  afterAll(() => app?.stop())

  const status = async (request: RawRequest) =>
    (await rawRequest(app.url, { path: '/api/mcp/status', from: '127.0.0.2', ...request })).status

  it('knows the user that a listed peer names, and what they may do', async () => {
    const session = async (user: string) =>
      JSON.parse((await rawRequest(app.url, { path: '/api/session', from: '127.0.0.2', headers: proxied(user) })).body)
    expect(await session('ada')).toMatchObject({
      mode: 'proxy',
      login: 'elsewhere',
      user: { name: 'ada', mayWrite: true },
    })
    expect(await session('eve')).toMatchObject({
      user: { name: 'eve', mayWrite: false, readOnlyReason: { text: expect.stringContaining('AUTH_WRITERS') } },
    })
    expect(await status({ headers: proxied('eve') })).toBe(200)
  })

  it.each([
    ['another peer', { from: '127.0.0.1', headers: proxied('ada') }],
    ['no header', {}],
    ['no secret', { headers: { 'x-forwarded-user': 'ada' } }],
    ['another secret', { headers: { ...proxied('ada'), 'x-proxy-secret': 'a-secret-of-nobody-here' } }],
    ['two secrets', { headers: { ...proxied('ada'), 'x-proxy-secret': [proxied('')['x-proxy-secret'] ?? '', 'x'] } }],
    ['an empty header', { headers: proxied(' ') }],
    ['several headers', { headers: { ...proxied('ada'), 'x-forwarded-user': ['ada', 'eve'] } }],
    ['several names', { headers: proxied('ada, eve') }],
    ['a name that is too long', { headers: proxied('x'.repeat(201)) }],
    ['a control character', { headers: proxied('ada\tx') }],
    ['a bidirectional one', { headers: proxied(Buffer.from('ada\u202e').toString('latin1')) }],
    ['a bearer', { headers: bearer }],
  ] as [string, RawRequest][])('refuses %s', async (_, request) => {
    expect(await status(request)).toBe(401)
  })

  it('opens sockets for named users of listed peers alone', async () => {
    await expect(openSocket(app.url, { headers: proxied('ada') })).rejects.toThrow('401')
  })

  it('accepts no forged user by GET, POST or WebSocket', async () => {
    const forged = { 'x-forwarded-user': 'ada', 'x-forwarded-for': '127.0.0.2' }
    const asked = { method: 'POST', path: '/api/chat', body: question, headers: forged }
    expect([await status({ headers: forged }), await status(asked)]).toEqual([401, 401])
    await expect(openSocket(app.url, { headers: forged })).rejects.toThrow('401')
  })

  it('has no login by token', async () => {
    const refused = await rawRequest(app.url, { method: 'POST', path: '/api/session', body: '{"token":"x"}' })
    expect(refused.status).toBe(401)
  })
})

describe('behind a proxy with a client certificate', () => {
  const proxy = selfSigned('proxy')
  const stranger = selfSigned('stranger')
  const folder = mkdtempSync(join(tmpdir(), 'proxy-certificate-'))
  let app: App
  beforeAll(async () => {
    const own = selfSigned('assistant')
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const program = spawnApp({
      OLLAMA_BASE_URL: replay.url,
      AUTH_MODE: 'proxy',
      AUTH_PROXY_CA_FILE: file('proxies.crt', proxy.cert),
      TLS_CERT_FILE: file('tls.crt', own.cert),
      TLS_KEY_FILE: file('tls.key', own.key),
    })
    const url = await program.until('listening', () => /"url":"(https:[^"]+)"/.exec(program.logs().join('\n'))?.[1])
    app = { ...program, url }
  })
  afterAll(async () => {
    await app?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each([
    ['the proxy', proxy, 200],
    ['a stranger', stranger, 401],
    ['nobody', {}, 401],
  ])('takes the user from %s only if its certificate is right', async (_, client, expected) => {
    const dispatcher = new Agent({ connect: { ...client, rejectUnauthorized: false } })
    const headers = { 'x-forwarded-user': 'ada' }
    const { statusCode, body } = await request(`${app.url}/api/mcp/status`, { dispatcher, headers })
    await body.dump()
    await dispatcher.close()
    expect(statusCode).toBe(expected)
  })
})

describe('without a login', () => {
  it('is for everybody on loopback', async () => {
    const app = await startApp({ OLLAMA_BASE_URL: replay.url })
    const { body } = await rawRequest(app.url, { path: '/api/session' })
    expect(JSON.parse(body)).toMatchObject({ mode: 'none', login: 'none', user: { name: 'anonymous', mayWrite: true } })
    await app.stop()
  })

  it('is read-only on every other listener, and says why', async () => {
    const app = await startApp({ OLLAMA_BASE_URL: replay.url, HOST: '0.0.0.0', TLS: 'off' })
    const { body } = await rawRequest(app.url, { path: '/api/session' })
    expect(JSON.parse(body)).toMatchObject({
      user: { mayWrite: false, readOnlyReason: { text: expect.stringContaining('0.0.0.0') } },
    })
    await app.stop()
  })
})
