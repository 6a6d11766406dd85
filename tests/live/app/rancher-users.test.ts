/**
 * Two users of a Rancher with different rights, behind the service proxy of its cluster. The variables of the suite
 * `rancher` name it.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificateOf, startApp } from '../../support/app'
import type { App } from '../../support/app'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { proxyLogin } from '../../support/proxy-login'
import { letUsersIn, SERVICE_PATH } from '../../support/rancher/service'
import { openSocket } from '../../support/socket'

const { TEST_RANCHER, TEST_RANCHER_APP_PORT: port, TEST_RANCHER_KUBECONFIG, TEST_RANCHER_USERS = '' } = process.env
const [admin = '', viewer = ''] = TEST_RANCHER_USERS.split(' ')
if (!TEST_RANCHER) console.log('Tests with a real Rancher are skipped: TEST_RANCHER names no dashboard.')

describe.skipIf(!TEST_RANCHER)('behind the service proxy of Rancher', () => {
  const rancher = new URL(TEST_RANCHER ?? 'https://127.0.0.1').origin
  const agent = new Agent({ connect: { rejectUnauthorized: false } })
  const folder = mkdtempSync(join(tmpdir(), 'rancher-users-'))
  const audit = join(folder, 'audit.jsonl')
  const caFile = join(folder, 'ca.crt')
  const sessions: Record<string, string> = {}
  const answers: string[] = []
  let revoke: (() => Promise<void>) | undefined
  let replay: ReplayServer
  let app: App | undefined

  beforeAll(async () => {
    writeFileSync(caFile, await certificateOf(rancher))
    for (const user of [admin, viewer]) sessions[user] = await logIn(user)
    replay = await startReplayServer({ contextLength: 32_768 })
    revoke = await letUsersIn(TEST_RANCHER_KUBECONFIG ?? '', 'live-rancher-users')
  })
  afterAll(async () => {
    await revoke?.()
    await replay?.close()
    await agent.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function logIn(user: string): Promise<string> {
    const [username, password] = user.split(':')
    const { headers, body } = await request(`${rancher}/v1-public/login`, {
      method: 'POST',
      dispatcher: agent,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password, responseType: 'cookie' }),
    })
    await body.dump()
    const [, token] = /R_SESS=([^;]+)/.exec(String(headers['set-cookie'])) ?? []
    if (token === undefined) throw new Error(`Rancher gave ${username} no session`)
    return token
  }

  const headersOf = (user: string) => ({ cookie: `R_SESS=${sessions[user]}` })

  async function send(path: string, headers: Record<string, string>, body?: object) {
    const response = await request(`${rancher}${SERVICE_PATH}${path}`, {
      dispatcher: agent,
      headers,
      ...(body && { method: 'POST' as const, body: JSON.stringify(body) }),
    })
    const text = await response.body.text()
    answers.push(text, JSON.stringify(response.headers))
    return { status: response.statusCode, text }
  }

  async function chunksOf(user: string): Promise<string> {
    replay.enqueue(answer.toolCall('kubectl_get', { resourceType: 'nodes' }), answer.text('So it is.'))
    const socket = await openSocket(`${rancher}${SERVICE_PATH}`, { headers: headersOf(user), dispatcher: agent })
    const messages = [{ role: 'user', content: 'Show me all nodes.' }]
    socket.send({ type: 'chat', body: { messages, cluster: 'local' } })
    const text = JSON.stringify(await socket.chunksUntilEnd())
    socket.close()
    answers.push(text)
    return text
  }

  describe('with AUTH_MODE=rancher', () => {
    beforeAll(async () => {
      app = await startApp({
        PORT: port,
        OLLAMA_BASE_URL: replay.url,
        AUTH_MODE: 'rancher',
        RANCHER_URL: rancher,
        RANCHER_CA_FILE: caFile,
        AUDIT_FILE: audit,
        LOG_LEVEL: 'debug',
      })
    })
    afterAll(() => app?.stop())

    it('answers two users with their own rights, in one process', async () => {
      const [admins, viewers] = [await chunksOf(admin), await chunksOf(viewer)]
      expect(admins).toContain('"kind":"table"')
      expect(viewers).not.toContain('"kind":"table"')
      expect(viewers).toMatch(/may not list nodes/)
    })

    it('believes no name in a header', async () => {
      const { status, text } = await send('/api/session', { ...headersOf(admin), 'x-forwarded-user': 'boss' })
      expect([status, text]).toEqual([200, expect.not.stringContaining('boss')])
    })

    it('has no token in log, audit, model requests or answers', () => {
      const places = {
        log: app?.logs().join('\n') ?? '',
        audit: readFileSync(audit, 'utf8'),
        model: JSON.stringify(replay.requests.map(({ path, headers, body }) => [path, headers, body])),
        answers: answers.join('\n'),
      }
      const secrets = Object.values(sessions).flatMap((token) => [token, token.split(':')[1] ?? token])
      for (const [place, text] of Object.entries(places))
        expect([place, text.length > 100, secrets.filter((secret) => text.includes(secret))]).toEqual([place, true, []])
    })
  })

  describe('with AUTH_MODE=proxy', () => {
    beforeAll(async () => {
      app = await startApp({ PORT: port, OLLAMA_BASE_URL: replay.url, DEMO: '1', ...proxyLogin })
    })
    afterAll(() => app?.stop())

    it('accepts a forged user in 0 of 3 ways: GET, POST, WebSocket', async () => {
      const forged = { ...headersOf(admin), 'x-forwarded-user': 'boss' }
      const got = await send('/api/mcp/status', forged)
      const posted = await send('/api/chat', forged, { messages: [{ role: 'user', content: 'hello' }] })
      expect([got.status, posted.status]).toEqual([401, 401])
      await expect(openSocket(`${rancher}${SERVICE_PATH}`, { headers: forged, dispatcher: agent })).rejects.toThrow()
      expect(replay.chats().filter(({ messages }) => JSON.stringify(messages).includes('hello'))).toEqual([])
    })
  })
})
