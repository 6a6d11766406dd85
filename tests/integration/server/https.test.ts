import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:https'
import type { RequestOptions } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { Agent as UndiciAgent, WebSocket } from 'undici'
import { afterAll, describe, expect, it } from 'vitest'
import { selfSigned, startApp, startByScript } from '../../support/app'
import type { App } from '../../support/app'
import { rawRequest } from '../../support/http'

const folder = mkdtempSync(join(tmpdir(), 'https-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The address of a server that listens on all interfaces. */
function loopback({ url }: App): string {
  return url.replace('0.0.0.0', '127.0.0.1')
}

function listening(app: App): Record<string, unknown> {
  return JSON.parse(app.logs().find((line) => line.includes('"msg":"listening"')) ?? '{}')
}

/** SHA-256 of the certificate that a new connection is shown. */
async function shownFingerprint(url: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false })
  await once(socket, 'secureConnect')
  const { fingerprint256 } = socket.getPeerCertificate()
  socket.destroy()
  return fingerprint256
}

async function status(url: string, options: RequestOptions): Promise<number | undefined> {
  const request = get(url, options)
  const [response] = await once(request, 'response')
  response.resume()
  await once(response, 'end')
  return response.statusCode
}

describe('a server on a non-loopback address without a certificate', () => {
  it('serves HTTPS with the printed fingerprint by npm start, and keeps the certificate', async () => {
    const env = { DEMO: '1', HOST: '0.0.0.0', XDG_STATE_HOME: join(folder, 'state') }
    const first = await startByScript(env)
    const { fingerprint, selfSigned: isOwn } = listening(first)
    try {
      expect(first.url).toMatch(/^https:/)
      expect(isOwn).toBe(true)
      expect(fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
      expect(await shownFingerprint(loopback(first))).toBe(fingerprint)
    } finally {
      await first.stop()
    }
    const second = await startApp(env)
    try {
      expect(await shownFingerprint(loopback(second))).toBe(fingerprint)
    } finally {
      await second.stop()
    }
  })

  it('answers plain HTTP with what to do', async () => {
    const app = await startApp({ DEMO: '1', HOST: '0.0.0.0' })
    try {
      const answer = await rawRequest(loopback(app).replace('https:', 'http:'), { path: '/any' })
      expect(answer.status).toBe(400)
      expect(answer.body).toBe('This port speaks HTTPS. Use https:// instead of http:// in the address.\n')
    } finally {
      await app.stop()
    }
  })

  it('opens WebSockets', async () => {
    const app = await startApp({ DEMO: '1', HOST: '0.0.0.0' })
    const dispatcher = new UndiciAgent({ connect: { rejectUnauthorized: false } })
    try {
      const url = `${loopback(app).replace('https:', 'wss:')}/api/ws`
      const socket = new WebSocket(url, { dispatcher, headers: { origin: loopback(app) } })
      const opened = new Promise((resolve, reject) => {
        socket.addEventListener('open', resolve)
        socket.addEventListener('error', reject)
      })
      await opened
      socket.close()
    } finally {
      await app.stop()
      await dispatcher.destroy()
    }
  })
})

describe('a server with TLS_CERT_FILE', () => {
  it('uses changed files without closing connections, and no files that do not match', async () => {
    const files = { TLS_CERT_FILE: join(folder, 'tls.crt'), TLS_KEY_FILE: join(folder, 'tls.key') }
    const first = selfSigned()
    const second = selfSigned()
    writeFileSync(files.TLS_CERT_FILE, first.cert)
    writeFileSync(files.TLS_KEY_FILE, first.key)
    const app = await startApp({ DEMO: '1', ...files })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    try {
      expect(await status(`${app.url}/health`, { ca: first.cert, agent })).toBe(200)
      const [kept] = Object.values(agent.freeSockets)[0] ?? []
      const before = await shownFingerprint(app.url)
      expect(before).toBe(listening(app).fingerprint)

      writeFileSync(files.TLS_CERT_FILE, second.cert)
      await expect.poll(() => app.logs().join('\n')).toContain('the last one stays in use')
      expect(await shownFingerprint(app.url)).toBe(before)

      writeFileSync(files.TLS_KEY_FILE, second.key)
      await expect.poll(() => shownFingerprint(app.url)).not.toBe(before)
      expect(await status(`${app.url}/health`, { ca: second.cert, agent: false })).toBe(200)
      expect(kept?.destroyed).toBe(false)
      expect(await status(`${app.url}/health`, { ca: first.cert, agent })).toBe(200)
    } finally {
      agent.destroy()
      await app.stop()
    }
  })
})
