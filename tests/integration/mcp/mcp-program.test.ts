/** The built MCP program alone in a folder, with the SDK's client over every transport. */
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { buildMcp } from '../../../scripts/build-mcp.mjs'
import { mcpEntry } from '../../../scripts/paths.mjs'
import { unixFetch } from '../../../server/mcp/connection/unix-fetch'
import { toolDataSchema } from '../../../shared/result'
import { startProgram } from '../../support/app/program'
import type { Program } from '../../support/app/program'

let cluster: DemoCluster
let folder: string
let program: string

beforeAll(async () => {
  await buildMcp()
  cluster = await startDemoCluster()
  folder = await mkdtemp(join(tmpdir(), 'mcp-program-'))
  program = join(folder, 'server.mjs')
  await copyFile(mcpEntry, program)
})
afterAll(async () => {
  await cluster?.close()
  await rm(folder, { recursive: true, force: true })
})

const clients: Client[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
})

async function connect(transport: Transport, capabilities = {}): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { capabilities })
  clients.push(client)
  await client.connect(transport)
  return client
}

/** Lists and calls; the SDK's client validates the answer against the tool's schema. */
async function expectToWork(client: Client): Promise<void> {
  expect(client.getServerVersion()).toMatchObject({ name: 'k8s-ai-assistant-mcp' })
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toContain('kubectl_get')
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true)
  const result = await client.callTool({ name: 'kubectl_get', arguments: { resource: 'pods', namespace: 'shop' } })
  const data = toolDataSchema.parse(result.structuredContent)
  expect(data).toMatchObject({ kind: 'table', cluster: { server: cluster.url }, coverage: { namespaces: ['shop'] } })
  expect(JSON.stringify(result.content)).toContain('cart-')
}

const stateSchema = z.looseObject({ state: z.string(), code: z.string().optional(), text: z.string().optional() })

async function clusterState(client: Client) {
  const { contents } = await client.readResource({ uri: 'k8s://cluster' })
  const [content] = contents
  return stateSchema.parse(JSON.parse(content && 'text' in content ? content.text : ''))
}

describe('over stdio, alone in a folder', () => {
  const stdio = (env: Record<string, string> = {}) =>
    new StdioClientTransport({
      command: process.execPath,
      args: [program],
      cwd: folder,
      env: { HOME: folder, KUBECONFIG: cluster.kubeconfigPath, ...env },
      stderr: 'pipe',
    })

  it('lists and calls tools', async () => {
    await expectToWork(await connect(stdio()))
  })

  it('reports which cluster it reads', async () => {
    expect(await clusterState(await connect(stdio()))).toMatchObject({ state: 'ok', cluster: { server: cluster.url } })
  })

  it('starts without a kubeconfig, and says in each answer what to do', async () => {
    const client = await connect(stdio({ KUBECONFIG: '' }))
    expect(await clusterState(client)).toMatchObject({ state: 'error', code: 'kubeconfig' })
    const result = await client.callTool({ name: 'kubectl_get', arguments: { resource: 'pods' } })
    expect(result).toMatchObject({ isError: true, structuredContent: { kind: 'text', code: 'kubeconfig' } })
    expect(JSON.stringify(result.content)).toContain('KUBECONFIG')
  })

  it('refuses another cluster than the expected one', async () => {
    const client = await connect(stdio({ MCP_EXPECTED_SERVER: 'https://production.example:6443' }))
    expect(await clusterState(client)).toMatchObject({ state: 'error', code: 'cluster-changed' })
    const other = await connect(stdio({ MCP_EXPECTED_UID: 'ffffffff-0000-4000-8000-000000000000' }))
    expect(await clusterState(other)).toMatchObject({ state: 'error', code: 'cluster-changed' })
  })

  it('ends with its stdin, after the last answer', () => {
    const lines = [
      {
        id: 1,
        method: 'initialize',
        params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } },
      },
      { method: 'notifications/initialized' },
      {
        id: 2,
        method: 'tools/call',
        params: { name: 'kubectl_get', arguments: { resource: 'pods', namespace: 'shop' } },
      },
    ]
    const input = lines.map((line) => `${JSON.stringify({ jsonrpc: '2.0', ...line })}\n`).join('')
    const env = { HOME: folder, KUBECONFIG: cluster.kubeconfigPath }
    // The demo cluster runs in this process, so do not block it.
    const child = spawn(process.execPath, [program], { env, stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin.end(input)
    return expect(
      new Promise((resolve) => {
        let printed = ''
        child.stdout.on('data', (piece) => (printed += piece))
        child.once('close', (code) => resolve([code, printed.trim().split('\n').length]))
      }),
    ).resolves.toEqual([0, 2])
  })

  it.each([
    [['--listen', '0.0.0.0:1'], { MCP_SECRET: 'x'.repeat(16) }, '--listen 0.0.0.0:1'],
    [['--listen', '127.0.0.1:0'], {}, 'MCP_SECRET'],
    [['--http'], { HOST: '0.0.0.0' }, 'MCP_AUTH_TOKEN'],
    [['--http'], { PORT: 'http' }, 'PORT: "http" is not'],
    [['--nonsense'], {}, '--nonsense'],
  ])('ends with one sentence when it was started with %j %j', (args, env, words) => {
    const { status, stderr } = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toContain(words)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})

describe('over HTTP', () => {
  let server: Program
  let url: string
  const token = 'a-token-of-the-test'
  const requestInit = { headers: { Authorization: `Bearer ${token}` } }

  beforeAll(async () => {
    const env = { KUBECONFIG: cluster.kubeconfigPath, PORT: '0', MCP_AUTH_TOKEN: token }
    server = startProgram(process.execPath, [program, '--http'], env)
    url = await server.until('listening', () => {
      const line = server.logs().find((each) => each.includes('"listening"'))
      return line === undefined ? undefined : z.object({ url: z.string() }).parse(JSON.parse(line)).url
    })
  })
  afterAll(() => server?.stop())

  it('lists and calls tools for several clients at once', async () => {
    const sse = () => new SSEClientTransport(new URL(`${url}/sse`), { requestInit })
    const streamable = () => new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit })
    const all = await Promise.all([sse(), sse(), streamable(), streamable()].map((each) => connect(each)))
    await Promise.all(all.map(expectToWork))
  })

  it('keeps one client from the session of another', async () => {
    const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit })
    await connect(transport)
    const headers = { 'mcp-session-id': transport.sessionId ?? '', Accept: 'text/event-stream' }
    expect((await fetch(`${url}/mcp`, { headers })).status).toBe(401)
    const unknown = await fetch(`${url}/mcp`, {
      headers: { ...requestInit.headers, ...headers, 'mcp-session-id': 'x' },
    })
    expect(unknown.status).toBe(404)
  })

  it('does not let a session bring its own credentials unless it was asked to', async () => {
    const transport = new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit })
    await expectToWork(await connect(transport, foreignCredentials()))
  })
})

describe('embedded in the application', () => {
  const secret = 'a-secret-of-the-test'

  async function embedded(address: string) {
    const env = { KUBECONFIG: cluster.kubeconfigPath, MCP_SECRET: secret }
    const child = spawn(process.execPath, [program, '--listen', address], { env, stdio: ['pipe', 'pipe', 'inherit'] })
    const [line] = await once(createInterface({ input: child.stdout }), 'line')
    const { listening } = z.object({ listening: z.string() }).parse(JSON.parse(String(line)))
    const end = async () => {
      const closed = once(child, 'close')
      child.stdin.end()
      return (await closed)[0]
    }
    return { listening, end }
  }

  it('serves a Unix socket that only this user can reach, until its stdin ends', async () => {
    const path = join(folder, 'mcp.sock')
    const { listening, end } = await embedded(`unix:${path}`)
    expect(listening).toBe(`unix:${path}`)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    const requestInit = { headers: { Authorization: `Bearer ${secret}` } }
    const socket = { fetch: unixFetch(async () => path), requestInit }
    await expectToWork(await connect(new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), socket)))
    const withoutSecret = new StreamableHTTPClientTransport(new URL('http://localhost/mcp'), { fetch: socket.fetch })
    await expect(connect(withoutSecret)).rejects.toThrow()
    expect(await end()).toBe(0)
    expect(await readdir(folder)).toEqual(['server.mjs'])
  })

  it('reads with the credentials that a session brings', async () => {
    const { listening, end } = await embedded('127.0.0.1:0')
    const requestInit = { headers: { Authorization: `Bearer ${secret}` } }
    const open = (capabilities = {}) =>
      connect(new StreamableHTTPClientTransport(new URL(listening), { requestInit }), capabilities)
    const [own, foreign] = await Promise.all([open(), open(foreignCredentials())])
    await expectToWork(own)
    expect(await clusterState(foreign)).toMatchObject({ state: 'error', code: 'unreachable' })
    const broken = await open(credentials({ kind: 'token' }))
    expect(await clusterState(broken)).toMatchObject({ state: 'error', code: 'unauthorized' })
    expect(await end()).toBe(0)
  })
})

function credentials(value: object) {
  return { experimental: { 'k8s-ai-assistant/credentials': value } }
}

/** Credentials for an API server at an unused port. */
function foreignCredentials() {
  return credentials({ kind: 'token', server: 'http://127.0.0.1:9', token: 'foreign' })
}
