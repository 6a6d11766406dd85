/** Users of Rancher act with their own rights, on the clusters that they see there. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clustersSchema } from '../../../shared/clusters'
import { healthSchema } from '../../../shared/health'
import { sessionSchema } from '../../../shared/session'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { chatAnswerSchema } from '../../../shared/chat/answer'
import { answer, createGate, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { startRancher } from '../../support/rancher/server'
import type { TestRancher } from '../../support/rancher/server'
import { openSocket } from '../../support/socket'

/** Searched for in everything that leaves the server. */
const CANARY = 'canaryq7w3e9r1t5y8'
const tokens = {
  admin: `token-adm1n:${CANARY}admin`,
  dev: `token-dev22:${CANARY}dev`,
  short: `token-sh0rt:${CANARY}short`,
  idle: `token-1dle0:${CANARY}idle`,
  gone: `token-g0ne1:${CANARY}gone`,
}
type Who = keyof typeof tokens

let cluster: DemoCluster
let rancher: TestRancher
let replay: ReplayServer
let app: App
const folder = mkdtempSync(join(tmpdir(), 'rancher-users-'))
const audit = join(folder, 'audit.jsonl')
/** Everything that the server answered. */
const answers: string[] = []

beforeAll(async () => {
  cluster = await startDemoCluster()
  const seen = { clusters: ['local', 'c-m-abc12'] }
  rancher = await startRancher({
    users: [
      { id: 'user-admin', username: 'admin', token: tokens.admin, ...seen },
      { id: 'user-dev', username: 'dev', token: tokens.dev, clusters: ['local'], forbidden: /\/nodes/ },
      { id: 'user-short', username: 'short', token: tokens.short, clusters: ['local'] },
      { id: 'user-idle', username: 'idle', token: tokens.idle, clusters: ['local'] },
      { id: 'user-gone', username: 'gone', token: tokens.gone, clusters: ['local'] },
    ],
    clusters: {
      local: { name: 'local', server: cluster.url },
      'c-m-abc12': { name: 'Staging', server: cluster.url },
    },
  })
  replay = await startReplayServer({ contextLength: 32_768 })
  app = await startApp({
    OLLAMA_BASE_URL: replay.url,
    AUTH_MODE: 'rancher',
    RANCHER_URL: rancher.url,
    RANCHER_CA_FILE: rancher.caFile,
    AUDIT_FILE: audit,
    LOG_LEVEL: 'debug',
  })
})
afterAll(async () => {
  await app?.stop()
  await Promise.all([replay?.close(), rancher?.close(), cluster?.close()])
  rmSync(folder, { recursive: true, force: true })
})

const cookie = (who: Who) => ({ cookie: `R_SESS=${tokens[who]}` })

async function get(path: string, headers: Record<string, string>): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${app.url}${path}`, { headers })
  const text = await response.text()
  answers.push(text, JSON.stringify([...response.headers]))
  return { status: response.status, body: JSON.parse(text) }
}

async function post(who: Who, body: object): Promise<{ status: number; body: unknown }> {
  const headers = { ...cookie(who), accept: 'application/json' }
  const response = await fetch(`${app.url}/api/chat`, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await response.text()
  answers.push(text)
  return { status: response.status, body: JSON.parse(text) }
}

const question = [{ role: 'user', content: 'Show me all nodes.' }]

async function askForNodes(who: Who, more: object = {}) {
  replay.enqueue(answer.toolCall('kubectl_get', { resourceType: 'nodes' }), answer.text('There they are.'))
  const { body } = await post(who, { messages: question, cluster: 'local', ...more })
  return chatAnswerSchema.parse(body)
}

describe('a user of Rancher', () => {
  it('is the user whom Rancher names as the owner of the session', async () => {
    const own = async (headers: Record<string, string>) =>
      sessionSchema.parse((await get('/api/session', headers)).body).user
    expect(await own(cookie('admin'))).toMatchObject({ name: 'user-admin', displayName: 'admin' })
    expect(await own({ authorization: `Bearer ${tokens.dev}` })).toMatchObject({ name: 'user-dev' })
    expect(await own({ cookie: 'R_SESS=token-adm1n:wrongwrongwrong' })).toBeNull()
    expect(await own({ 'x-forwarded-user': 'user-admin' })).toBeNull()
    expect(await own({})).toBeNull()
  })

  it('is asked about at most once within 30 s', async () => {
    const asked = () => rancher.requests.filter(({ path, user }) => path.startsWith('/v3/') && user === 'user-idle')
    await Promise.all([1, 2, 3].map(() => get('/api/clusters', cookie('idle'))))
    await get('/api/clusters', cookie('idle'))
    expect(asked()).toHaveLength(1)
  })

  it('sends nothing to Rancher that is no token', async () => {
    const before = rancher.requests.length
    expect((await get('/api/clusters', { cookie: 'R_SESS=../../etc' })).status).toBe(401)
    expect((await get('/api/clusters', { authorization: 'Bearer abc' })).status).toBe(401)
    expect(rancher.requests).toHaveLength(before)
  })

  it('sees their own clusters', async () => {
    const of = async (who: Who) => clustersSchema.parse((await get('/api/clusters', cookie(who))).body).clusters
    expect(await of('admin')).toEqual([
      { id: 'local', name: 'local', isActive: true },
      { id: 'c-m-abc12', name: 'Staging', isActive: true },
    ])
    expect(await of('dev')).toEqual([{ id: 'local', name: 'local', isActive: true }])
  })

  it('has to log in after the first request that Rancher refuses, though they were known a moment before', async () => {
    const user = async () => sessionSchema.parse((await get('/api/session', cookie('gone'))).body).user
    expect(await user()).toMatchObject({ name: 'user-gone' })
    rancher.logout('user-gone')
    expect(await user()).toMatchObject({ name: 'user-gone' })
    expect(await get('/api/clusters', cookie('gone'))).toMatchObject({
      status: 401,
      body: { error: { code: 'login-needed' } },
    })
    expect(await user()).toBeNull()
  })

  it('gets answers with their own rights from the same process', async () => {
    const admins = await askForNodes('admin')
    const devs = await askForNodes('dev')
    expect(admins.toolCalls[0]).toMatchObject({ status: 'ok', result: { kind: 'table' } })
    expect(devs.toolCalls[0]?.status).toBe('error')
    expect(JSON.stringify(devs.toolCalls[0]?.result)).toContain('user-dev')
    expect(JSON.stringify(devs.toolCalls[0]?.result)).toMatch(/forbidden|not allowed|may not/i)
  })

  it('chooses the cluster, and the health is that of the chosen one', async () => {
    const health = async (query: string) => healthSchema.parse((await get(`/health${query}`, cookie('admin'))).body)
    await expect
      .poll(async () => (await health('?cluster=c-m-abc12')).cluster)
      .toMatchObject({ name: 'Staging', status: 'ok', server: `${rancher.url}/k8s/clusters/c-m-abc12` })
    expect((await health('')).cluster).toEqual({ demo: false })
    const socket = await openSocket(app.url, { headers: cookie('admin') })
    socket.send({ type: 'watch', cluster: 'c-m-abc12' })
    expect((await socket.next()).health?.cluster.name).toBe('Staging')
    socket.send({ type: 'watch', cluster: 'local' })
    await expect.poll(async () => (await socket.next()).health?.cluster.name).toBe('local')
    socket.close()
  })

  it('has to choose one of several, and only one that they see', async () => {
    const refused = { status: 400, body: { error: { code: 'cluster-choice' } } }
    expect(await post('admin', { messages: question })).toMatchObject(refused)
    expect(await post('dev', { messages: question, cluster: 'c-m-abc12' })).toMatchObject(refused)
    const malformed = { status: 400, body: { error: { code: 'bad-request' } } }
    expect(await post('admin', { messages: question, cluster: '../local' })).toMatchObject(malformed)
  })

  it('asks about one cluster in a conversation', async () => {
    await askForNodes('admin', { id: 'conversation-1', cluster: 'local' })
    const other = await post('admin', { id: 'conversation-1', messages: question, cluster: 'c-m-abc12' })
    expect(other).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('new one') } } })
    await askForNodes('admin', { id: 'conversation-2', cluster: 'c-m-abc12' })
  })

  it('gets an error if the session ends in the middle of an answer', async () => {
    const gate = createGate()
    replay.enqueue(
      answer.toolCall('kubectl_get', { resourceType: 'nodes' }).hold(gate),
      answer.text('Half').hold(createGate()),
    )
    const asked = post('short', { messages: question, cluster: 'local' })
    await gate.reached
    rancher.logout('user-short')
    gate.release()
    const { body } = await asked
    expect(chatAnswerSchema.parse(body)).toMatchObject({
      finishReason: 'error',
      error: { code: 'login-needed', message: expect.stringContaining('Rancher') },
    })
    expect((await get('/api/clusters', cookie('short'))).status).toBe(401)
  })

  it('is not let in while Rancher cannot be asked', async () => {
    rancher.fail(true)
    const refused = await get('/api/clusters', { cookie: `R_SESS=token-new00:${CANARY}new` })
    const session = await get('/api/session', { cookie: `R_SESS=token-new00:${CANARY}new` })
    rancher.fail(false)
    expect(session.status).toBe(503)
    expect(refused).toMatchObject({ status: 503, body: { error: { code: 'rancher-down' } } })
  })
})

describe("a user's token", () => {
  it('is in no log, audit line, model request or answer', () => {
    const hay = [
      ['the log', app.logs().join('\n')],
      ['the audit', readFileSync(audit, 'utf8')],
      ['the model requests', JSON.stringify(replay.requests.map(({ path, headers, body }) => [path, headers, body]))],
      ['the answers', answers.join('\n')],
    ] as const
    for (const [, text] of hay) expect(text.length).toBeGreaterThan(100)
    expect(hay.filter(([, text]) => text.includes(CANARY)).map(([name]) => name)).toEqual([])
  })
})
