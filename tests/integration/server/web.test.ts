/** Web attacks: hosts, origins, frames, and oversized or endless requests. */
import { once } from 'node:events'
import { hostname } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { openLine, rawRequest } from '../../support/http'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { openSocket } from '../../support/socket'

const question = JSON.stringify([{ role: 'user', content: 'hello' }])

let replay: ReplayServer
beforeAll(async () => {
  replay = await startReplayServer()
  replay.onRequest(() => answer.text('Hello.'))
})
afterAll(() => replay?.close())

describe('on loopback', () => {
  let app: App
  beforeAll(async () => {
    app = await startApp({ OLLAMA_BASE_URL: replay.url, REQUEST_SECONDS: '2' })
  })
  afterAll(() => app?.stop())
  const isWell = async () => (await rawRequest(app.url, { path: '/health' })).status === 200

  it.each(['evil.example', 'evil.example:8005', '127.0.0.1.evil.example', '10.0.0.1', 'localhost.evil.example'])(
    'is not asked as %s, not even for the page',
    async (host) => {
      for (const path of ['/', '/health', '/api/mcp/status', '/api/session']) {
        const { status, body } = await rawRequest(app.url, { path, headers: { host } })
        expect(status, path).toBe(403)
        expect(JSON.parse(body)).toMatchObject({
          error: { code: 'forbidden', message: expect.stringContaining('ALLOWED_HOSTS') },
        })
      }
    },
  )

  const contentTypes = [
    'application/json',
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
  ]
  it.each(contentTypes)('refuses questions of other sites as %s', async (type) => {
    const asked = replay.chats().length
    const elsewhere = [
      ['origin', 'https://evil.example'],
      ['origin', 'null'],
      ['sec-fetch-site', 'cross-site'],
    ] as const
    for (const [name, value] of elsewhere) {
      const headers = { 'content-type': type, [name]: value }
      const refused = await rawRequest(app.url, { method: 'POST', path: '/api/chat', headers, body: question })
      expect(refused.status).toBe(403)
      expect(refused.headers['access-control-allow-origin']).toBeUndefined()
    }
    expect(replay.chats().length).toBe(asked)
  })

  it.each([
    ['POST', '/api/mcp/reconnect'],
    ['POST', '/api/turns/turn-0123456789ab/stop'],
    ['POST', '/api/session'],
    ['DELETE', '/api/session'],
    ['GET', '/api/mcp/tools'],
    ['GET', '/api/session'],
    ['OPTIONS', '/api/chat'],
  ])('refuses %s %s of another site', async (method, path) => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }
    expect((await rawRequest(app.url, { method, path, headers })).status).toBe(403)
  })

  it('lets other sites link to the page', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    expect((await rawRequest(app.url, { headers })).status).toBe(200)
  })

  it('opens no socket to a page of another site, with or without its name in Origin', async () => {
    const elsewhere: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { host: 'evil.example' },
    ]
    for (const headers of elsewhere) await expect(openSocket(app.url, { headers })).rejects.toThrow('403')
  })

  it('may not be framed, and sends every header for that', async () => {
    const [, file = ''] = /src="\.(\/_nuxt\/[^"]+\.js)"/.exec((await rawRequest(app.url)).body) ?? []
    for (const path of ['/', file, '/api/mcp/status', '/health']) {
      const { status, headers } = await rawRequest(app.url, { path })
      expect(status, path).toBe(200)
      expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'")
      expect(headers).toMatchObject({
        'x-frame-options': 'DENY',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
    }
  })

  it('refuses headers that are too large, and lives on', async () => {
    expect((await rawRequest(app.url, { headers: { 'x-large': 'x'.repeat(20_000) } })).status).toBe(431)
    expect(await isWell()).toBe(true)
  })

  it('refuses bodies that are too large, whichever way they are sent, and lives on', async () => {
    const large = JSON.stringify([{ role: 'user', content: 'x'.repeat(2_000_000) }])
    for (const path of ['/api/chat', '/api/session']) {
      expect((await rawRequest(app.url, { method: 'POST', path, body: large })).status).toBe(413)
      const headers = { 'transfer-encoding': 'chunked' }
      expect((await rawRequest(app.url, { method: 'POST', path, headers, body: large })).status).toBe(413)
    }
    expect(await isWell()).toBe(true)
  })

  it('ends connections that say nothing at all', async () => {
    const { answer } = openLine(app.url, '')
    expect(await answer).toMatch(/^HTTP\/1.1 408 /)
  })

  it('ends requests whose headers or body never come to an end, many at once, and answers others meanwhile', async () => {
    const start = `POST /api/chat HTTP/1.1\r\nhost: ${new URL(app.url).host}\r\n`
    const slow = [
      start,
      `${start}content-length: 1000\r\n\r\n[`,
      `${start}transfer-encoding: chunked\r\n\r\n5\r\n[1,2,`,
    ]
    const lines = Array.from({ length: 150 }, (_, at) => openLine(app.url, slow[at % slow.length] ?? ''))
    await Promise.all(lines.map(({ socket }) => socket.readyState === 'open' || once(socket, 'connect')))
    const drips = setInterval(() => lines.forEach(({ socket }) => socket.writable && socket.write('x')), 300)
    const { status } = await rawRequest(app.url, { method: 'POST', path: '/api/chat', body: question })
    const answers = await Promise.all(lines.map(({ answer }) => answer))
    clearInterval(drips)
    expect(status).toBe(200)
    // 408 from Node, or our 400 for incomplete JSON.
    expect(answers.filter((text) => !/^HTTP\/1.1 4\d\d /.test(text))).toEqual([])
    expect(answers.filter((text) => text.startsWith('HTTP/1.1 408')).length).toBeGreaterThan(0)
    expect(await isWell()).toBe(true)
    expect(app.logs().filter((line) => /"level":"error"/.test(line))).toEqual([])
  })
})

describe('off loopback and without a login', () => {
  let app: App
  let url = ''
  beforeAll(async () => {
    app = await startApp({
      OLLAMA_BASE_URL: replay.url,
      HOST: '0.0.0.0',
      TLS: 'off',
      ALLOWED_HOSTS: 'k8s.example.com',
      FRAME_ANCESTORS: "'self' https://rancher.example.com",
    })
    url = `http://127.0.0.1:${new URL(app.url).port}`
  })
  afterAll(() => app?.stop())

  it.each([
    ['192.168.1.7:8005', 200],
    ['[2001:db8::7]:8005', 200],
    [hostname(), 200],
    ['localhost', 200],
    ['k8s.example.com', 200],
    ['evil.example', 403],
  ])('is asked as %s: %i', async (host, status) => {
    expect((await rawRequest(url, { path: '/api/session', headers: { host } })).status).toBe(status)
  })

  it('may be framed by those whom the operator names', async () => {
    const { headers } = await rawRequest(url)
    expect(headers['content-security-policy']).toContain("frame-ancestors 'self' https://rancher.example.com")
    for (const name of ['x-frame-options', 'cross-origin-resource-policy', 'cross-origin-opener-policy'])
      expect(headers).not.toHaveProperty(name)
  })
})
