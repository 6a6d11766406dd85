import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { root } from '../../../scripts/paths.mjs'
import { freePort, spawnApp, startApp } from '../../support/app'
import { answerTo, postChat } from '../../support/approvals'
import { rawRequest } from '../../support/http'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { OWN_WRITES } from '../../support/writes'

let cluster: DemoCluster
let replay: ReplayServer
beforeAll(async () => {
  cluster = await startDemoCluster()
  replay = await startReplayServer({ contextLength: 65_536 })
})
afterAll(async () => {
  await replay?.close()
  await cluster?.close()
})

/** The value of one series; undefined if there is none. */
function series(text: string, name: string): number | undefined {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length))
}

describe('metrics', () => {
  it('count turns, tokens, tool calls and approvals, on a port of their own alone', async () => {
    const port = await freePort()
    const app = await startApp({
      OLLAMA_BASE_URL: replay.url,
      KUBECONFIG: cluster.kubeconfigPath,
      ACCESS_MODE: 'approve',
      METRICS_PORT: String(port),
    })
    try {
      replay.enqueue(
        answer.toolCall('kubectl_get', { kind: 'pods', namespace: 'shop' }),
        answer.toolCall('no_such_tool', {}),
        answer.text('Done.'),
      )
      await postChat(app.url, 'pods in shop', { id: 'c1' })
      const [tool, args] = OWN_WRITES.scale('shop', 'web', 4)
      replay.enqueue(answer.toolCall(tool, args))
      const asked = await postChat(app.url, 'scale web', { id: 'c2' })
      replay.enqueue(answer.text('Done.'))
      const approvals = (asked.approvals ?? []).map((each) => answerTo(each, { approved: true }))
      await postChat(app.url, 'scale web', { id: 'c2', approvals })

      const { status, body } = await rawRequest(`http://127.0.0.1:${port}`, { path: '/metrics' })
      expect(status).toBe(200)
      const value = (name: string) => series(body, `k8s_ai_assistant_${name}`)
      expect(value('turns_total{reason="stop"}')).toBe(2)
      expect(value('turns_total{reason="approval-required"}')).toBe(1)
      expect(value('turns_running')).toBe(0)
      expect(value('tool_calls_total{tool="kubectl_get",outcome="ok"}')).toBeGreaterThanOrEqual(1)
      expect(value(`tool_calls_total{tool="${tool}",outcome="ok"}`)).toBe(1)
      expect(body).not.toContain('no_such_tool')
      for (const decision of ['requested', 'approved']) expect(value(`approvals_total{decision="${decision}"}`)).toBe(1)
      expect(value('approvals_total{decision="declined"}')).toBe(0)
      expect(value('model_tokens_total{direction="input"}')).toBeGreaterThan(0)
      expect(value('model_time_to_first_token_seconds_count')).toBeGreaterThanOrEqual(4)
      expect(value('link_state{link="mcp",state="ok"}')).toBe(1)
      expect(series(body, 'nodejs_eventloop_lag_p99_seconds')).toBeDefined()

      expect((await rawRequest(`http://127.0.0.1:${port}`, { path: '/health' })).status).toBe(404)
      const onMain = await rawRequest(app.url, { path: '/metrics' })
      expect(onMain.body).not.toContain('k8s_ai_assistant_')
    } finally {
      await app.stop()
    }
  })

  it('stop the start if their port is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = address !== null && typeof address !== 'string' ? address.port : 0
    const app = spawnApp({ DEMO: '1', METRICS_PORT: String(port) })
    expect(await app.ended).toMatchObject({ code: 1 })
    expect(app.logs().join('\n')).toContain(`METRICS_PORT: ${port} on 127.0.0.1 is in use`)
    taken.close()
  })
})

describe('traces', () => {
  it('name the turn, its model steps and its tool calls, and hold no text of the conversation', async () => {
    const received: string[] = []
    const collector = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.once('end', () => {
        received.push(`${request.url} ${Buffer.concat(chunks).toString('latin1')}`)
        response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end()
      })
    }).listen(0, '127.0.0.1')
    await once(collector, 'listening')
    const address = collector.address()
    const port = address !== null && typeof address !== 'string' ? address.port : 0
    const app = await startApp({
      OLLAMA_BASE_URL: replay.url,
      KUBECONFIG: cluster.kubeconfigPath,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_SERVICE_NAME: 'assistant-of-this-test',
    })
    replay.enqueue(
      answer.toolCall('kubectl_get', { kind: 'pods', namespace: 'shop' }),
      answer.text('An answer-canary.'),
    )
    await postChat(app.url, 'a question-canary', { id: 'c3' })
    // The rest is sent at the end.
    await app.stop()
    collector.close()
    const all = received.join('\n')
    expect(all).toMatch(/^\/v1\/traces /)
    for (const part of ['invoke_agent', 'chat gpt-oss:20b', 'execute_tool kubectl_get', 'assistant-of-this-test'])
      expect(all).toContain(part)
    expect(all).not.toContain('canary')
  })
})

describe('the Rancher extension', () => {
  const folder = mkdtempSync(join(tmpdir(), 'extension-test-'))
  const entry = join(folder, '.output', 'server', 'index.mjs')
  beforeAll(() => {
    cpSync(join(root, '.output'), join(folder, '.output'), { recursive: true, verbatimSymlinks: true })
    mkdirSync(join(folder, 'extension', 'plugin'), { recursive: true })
    writeFileSync(join(folder, 'extension', 'files.txt'), 'plugin/a-0.1.0.umd.min.js\nplugin/package.json\n')
    writeFileSync(join(folder, 'extension', 'plugin', 'package.json'), '{"version":"0.1.0"}')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('stops the start if a file is missing, or if there is none at all', async () => {
    const incomplete = spawnApp({ DEMO: '1', EXTENSION_PORT: String(await freePort()) }, [], entry)
    expect(await incomplete.ended).toMatchObject({ code: 1 })
    expect(incomplete.logs().join('\n')).toContain('EXTENSION_PORT: the Rancher extension is incomplete')
  })

  it('is served by its list, over plain HTTP', async () => {
    writeFileSync(join(folder, 'extension', 'plugin', 'a-0.1.0.umd.min.js'), 'extension()')
    writeFileSync(join(folder, 'extension', 'plugin', 'unlisted.js'), 'secret')
    const port = await freePort()
    const app = await startApp({ DEMO: '1', EXTENSION_PORT: String(port) }, [], entry)
    const get = (path: string, method = 'GET') => rawRequest(`http://127.0.0.1:${port}`, { path, method })
    try {
      expect((await get('/files.txt')).body).toContain('plugin/package.json')
      const script = await get('/plugin/a-0.1.0.umd.min.js')
      expect(script).toMatchObject({ status: 200, body: 'extension()' })
      expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8')
      expect((await get('/plugin/package.json', 'HEAD')).body).toBe('')
      for (const path of ['/', '/plugin/unlisted.js', '/plugin/../files.txt', '/../package.json', '/api/session'])
        expect((await get(path)).status, path).toBe(404)
      expect((await get('/files.txt', 'POST')).status).toBe(405)
    } finally {
      await app.stop()
    }
  })
})
