/** Reads without the model on the real API server: result, rights, redaction, audit. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testKubeconfig } from '../../support/app'
import type { App } from '../../support/app'
import type { ReplayServer } from '../../support/ollama'
import { startRecordedApp } from '../../support/cluster/recorded-app'
import type { RecordedApp } from '../../support/cluster/recorded-app'
import type { RecordedCluster } from '../../support/cluster/recorded-cluster'

const CANARY = 'xai-canary-7f2b6d01c4e94a55'

describe.skipIf(!testKubeconfig)('POST /api/read', () => {
  let recorded: RecordedApp
  let auditFile: string
  let cluster: RecordedCluster
  let app: App
  let replay: ReplayServer

  beforeAll(async () => {
    recorded = await startRecordedApp(testKubeconfig ?? '', 'direct-read', { ACCESS_MODE: 'approve' })
    ;({ cluster, app, replay, auditFile } = recorded)
    await cluster.api.send('POST', `/api/v1/namespaces/${cluster.namespace}/configmaps`, {
      metadata: { name: 'settings' },
      data: { API_TOKEN: CANARY, mode: 'fast' },
    })
  }, 60_000)
  afterAll(() => recorded?.close())

  async function read(body: unknown): Promise<{ status: number; body: string; json: unknown }> {
    const response = await fetch(`${app.url}/api/read`, { method: 'POST', body: JSON.stringify(body) })
    const text = await response.text()
    return { status: response.status, body: text, json: JSON.parse(text) }
  }

  it('answers with the tool’s result, its cluster, time and coverage, and asks no model', async () => {
    const { status, json } = await read({
      tool: 'kubectl_get',
      arguments: { resource: 'deployments', namespace: 'shop' },
    })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      kind: 'table',
      resource: { kind: 'Deployment' },
      cluster: { server: expect.any(String) },
      asOf: expect.any(String),
      coverage: expect.any(Object),
    })
    expect(replay.chats()).toEqual([])
  })

  it('redacts, and writes an audit line', async () => {
    const { status, body } = await read({
      tool: 'kubectl_get',
      arguments: { resource: 'configmap', name: 'settings', namespace: cluster.namespace },
    })
    expect(status).toBe(200)
    expect(body).toContain('fast')
    expect(body).not.toContain(CANARY)
    const lines = readFileSync(auditFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines.at(-1)).toMatchObject({ tool: 'kubectl_get', decision: 'read', outcome: 'ok' })
  })

  it('refuses what changes something, and sends nothing of it', async () => {
    const { status, json } = await read({
      tool: 'kubectl_delete',
      arguments: { resource: 'configmap', name: 'settings', namespace: cluster.namespace },
    })
    expect(status).toBe(403)
    expect(json).toMatchObject({ kind: 'text', localized: { code: 'read-not-a-read' } })
    await cluster.api.send('GET', `/api/v1/namespaces/${cluster.namespace}/configmaps/settings`)
  })

  it.each([
    ['a tool that does not exist', { tool: 'kubectl_frobnicate', arguments: {} }, 404, { kind: 'text' }],
    [
      'an object that does not exist',
      { tool: 'kubectl_describe', arguments: { resource: 'pod', name: 'gone', namespace: 'shop' } },
      404,
      { kind: 'text' },
    ],
    ['a body without a tool', { arguments: {} }, 400, { error: { code: 'bad-request' } }],
  ])('reports %s', async (_, body, status, expected) => {
    const answered = await read(body)
    expect(answered.status).toBe(status)
    expect(answered.json).toMatchObject(expected)
  })

  it('refuses a user who reads too often, and tells when to come back', async () => {
    const statuses = new Set<number>()
    let retryAfter: string | null = null
    for (let asked = 0; asked < 300 && retryAfter === null; asked++) {
      const response = await fetch(`${app.url}/api/read`, { method: 'POST', body: '{}' })
      statuses.add(response.status)
      retryAfter = response.headers.get('retry-after')
    }
    expect([...statuses]).toEqual([400, 429])
    expect(Number(retryAfter)).toBeGreaterThan(0)
  })
})
