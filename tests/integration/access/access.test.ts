import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { auditLineSchema } from '../../../server/audit/entry'
import { spawnApp, startApp } from '../../support/app'
import { askJson } from '../../support/chat'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'

let cluster: DemoCluster
let replay: ReplayServer
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'access-test-'))
  cluster = await startDemoCluster()
  replay = await startReplayServer({ contextLength: 32_768 })
})
afterAll(async () => {
  await replay?.close()
  await cluster?.close()
  rmSync(folder, { recursive: true, force: true })
})

const start = (env: Record<string, string>) =>
  startApp({ OLLAMA_BASE_URL: `${replay.url}/v1`, KUBECONFIG: cluster.kubeconfigPath, ...env })

/**
 * Starts a server that must fail to start.
 * @returns its output
 */
async function refused(env: Record<string, string>): Promise<string> {
  const app = spawnApp({ OLLAMA_BASE_URL: `${replay.url}/v1`, KUBECONFIG: cluster.kubeconfigPath, ...env })
  const { code } = await app.ended
  expect(code).toBe(1)
  return app.logs().join('\n')
}

/** Names of the MCP server's tools, and of the tools offered to the model. */
async function toolsOf(url: string): Promise<{ all: string[]; offered: string[] }> {
  const listed = async () => {
    const { tools } = await (await fetch(`${url}/api/mcp/tools`)).json()
    return tools as { serverName: string; offered: boolean }[]
  }
  await expect.poll(async () => (await (await fetch(`${url}/health`)).json()).mcp.state).toBe('ready')
  const tools = await listed()
  const names = (some: typeof tools) => some.map(({ serverName }) => serverName)
  return { all: names(tools), offered: names(tools.filter(({ offered }) => offered)) }
}

async function modeOf(url: string): Promise<unknown> {
  return (await (await fetch(`${url}/api/session`)).json()).accessMode
}

describe('the access mode', () => {
  it('is read-only unless set: a change is planned, and not run', async () => {
    const app = await start({})
    expect((await toolsOf(app.url)).offered).toEqual(expect.arrayContaining(['kubectl_get', 'kubectl_scale']))
    expect(await modeOf(app.url)).toBe('read-only')
    replay.enqueue(
      answer.toolCall('kubectl_scale', { kind: 'Deployment', name: 'web', namespace: 'shop', replicas: 7 }),
      answer.text('It would set 7 replicas.'),
    )
    const { toolCalls, finishReason } = await askJson(app.url, 'scale web in shop to 7')
    expect(toolCalls.map(({ result }) => result.kind)).toEqual(['plan'])
    expect(finishReason).toBe('stop')
    replay.enqueue(
      answer.toolCall('kubectl_get', { resource: 'deployments', namespace: 'shop', name: 'web' }),
      answer.text('It has 3.'),
    )
    expect(JSON.stringify((await askJson(app.url, 'replicas of web?')).toolCalls)).toMatch(/\b\d\/3\b|replicas: 3/)
    await app.stop()
  })

  it('approve: the server has writes, but no exec and no kubeconfig', async () => {
    const app = await start({ ACCESS_MODE: 'approve' })
    const { all, offered } = await toolsOf(app.url)
    for (const tool of ['kubectl_apply', 'kubectl_scale', 'kubectl_delete', 'helm_list'])
      expect(offered).toContain(tool)
    expect(all.filter((name) => /exec|config|port|proxy/.test(name))).toEqual([])
    await app.stop()
  })

  it('is approve on the demo cluster, unless told', async () => {
    const free = await startApp({ DEMO: '1' })
    expect((await toolsOf(free.url)).offered).toContain('kubectl_delete')
    expect(await modeOf(free.url)).toBe('approve')
    await free.stop()
    const told = await startApp({ DEMO: '1', ACCESS_MODE: 'read-only' })
    expect(await modeOf(told.url)).toBe('read-only')
    await told.stop()
  })

  it('keeps to the file of the operator, and does not start with a wrong one', async () => {
    const file = join(folder, 'policy.yaml')
    writeFileSync(file, 'tools:\n  kubectl_drain: denied\n')
    const app = await start({ ACCESS_MODE: 'approve', POLICY_FILE: file })
    const { all, offered } = await toolsOf(app.url)
    expect(all).toContain('kubectl_drain')
    expect(offered).not.toContain('kubectl_drain')
    expect(offered).toContain('kubectl_delete')
    await app.stop()
    writeFileSync(file, 'tools:\n  pods_delete: denied\n')
    expect(await refused({ POLICY_FILE: file })).toMatch(/POLICY_FILE: .*pods_delete.*kubectl_delete/)
    writeFileSync(file, 'tools: {}\nnamespaces:\n  write: [shop]\n')
    expect(await refused({ POLICY_FILE: file })).toContain(
      `POLICY_FILE: ${file}, line 3: namespaces.write: is not known`,
    )
    expect(await refused({ POLICY_FILE: join(folder, 'none.yaml') })).toContain('POLICY_FILE: ')
    expect(await refused({ ACCESS_MODE: 'write' })).toContain('ACCESS_MODE: "write" is none of read-only, approve')
  })
})

describe('the audit', () => {
  const linesOf = (path: string) =>
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => auditLineSchema.parse(JSON.parse(line)))

  it('has a line for each call, with what came of it', async () => {
    const path = join(folder, 'audit', 'calls.jsonl')
    const app = await start({ AUDIT_FILE: path })
    replay.enqueue(
      answer.toolCall('kubectl_get', { resource: 'pods', namespace: 'shop' }),
      answer.toolCall('kubectl_describe', { resource: 'secret', name: 'x', token: 'hunter2hunter2' }),
      answer.toolCall('kubectl_logs', { name: 'no-such-pod', namespace: 'shop' }),
      answer.text('ok'),
    )
    await askJson(app.url, 'question')
    await app.stop()
    expect(linesOf(path)).toEqual([
      expect.objectContaining({
        user: 'anonymous',
        tool: 'kubectl_get',
        arguments: { resource: 'pods', namespace: 'shop' },
        argumentsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        decision: 'read',
        outcome: 'ok',
      }),
      expect.objectContaining({ tool: 'kubectl_describe', decision: 'denied', outcome: 'denied' }),
      expect.objectContaining({ tool: 'kubectl_logs', decision: 'read', outcome: 'error' }),
    ])
    expect(new Set(linesOf(path).map(({ turn, request }) => `${turn} ${request}`)).size).toBe(1)
    expect(readFileSync(path, 'utf8')).not.toContain('hunter2hunter2')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('is needed for changes, and else goes to the log', async () => {
    writeFileSync(join(folder, 'file'), '')
    const AUDIT_FILE = join(folder, 'file', 'audit.jsonl')
    expect(await refused({ ACCESS_MODE: 'approve', AUDIT_FILE })).toContain(
      `AUDIT_FILE: the audit cannot be written to`,
    )
    const app = await start({ AUDIT_FILE })
    replay.enqueue(answer.toolCall('kubectl_get', { resource: 'pods', namespace: 'shop' }), answer.text('ok'))
    await askJson(app.url, 'question')
    const logged = app.logs().filter((line) => line.includes('"msg":"tool call"'))
    expect(app.logs().join('\n')).toContain('the audit cannot be written to')
    expect(logged).toEqual([expect.stringContaining('"tool":"kubectl_get"')])
    await app.stop()
  })
})
