/** SSE recovery between the built MCP program and our client, counted at the API server. */
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { buildMcp } from '../../../scripts/build-mcp.mjs'
import { mcpEntry } from '../../../scripts/paths.mjs'
import { McpSession } from '../../../server/mcp/session/session'
import { createToolbox } from '../../../server/mcp/toolbox/toolbox'
import { startProgram } from '../../support/app/program'
import type { Program } from '../../support/app/program'
import { seeded, startCuttingProxy } from '../../unit/mcp/transports/cutting-proxy'
import type { CuttingProxy } from '../../unit/mcp/transports/cutting-proxy'
import { serverTool } from '../../support/brands'

const CUTS = 50
const SEED = 4
const signal = new AbortController().signal
const silent = () => undefined

let cluster: DemoCluster
let api: Server
let folder: string
let program: Program
let proxy: CuttingProxy
let session: McpSession
/** Requests to the API server by their label selector. */
const requests = new Map<string, number>()
let random = seeded(SEED)

beforeAll(async () => {
  await buildMcp()
  cluster = await startDemoCluster()
  api = await startCountingApi(cluster.url)
  folder = await mkdtemp(join(tmpdir(), 'mcp-recovery-'))
  const kubeconfig = join(folder, 'kubeconfig')
  await writeFile(kubeconfig, JSON.stringify(kubeconfigOf(api)), { mode: 0o600 })
  program = startProgram(process.execPath, [mcpEntry, '--http'], { KUBECONFIG: kubeconfig, PORT: '0' })
  const url = await program.until('listening', () => {
    const line = program.logs().find((each) => each.includes('"listening"'))
    return line === undefined ? undefined : z.object({ url: z.string() }).parse(JSON.parse(line)).url
  })
  proxy = await startCuttingProxy(Number(new URL(url).port))
  session = new McpSession({
    endpoint: { transport: 'sse', url: new URL(`http://127.0.0.1:${proxy.port}/sse`) },
    log: { info: silent, warn: silent, debug: silent },
    clientInfo: { name: 'test', version: '1' },
  })
  session.start()
  await session.untilReady(signal)
})
afterAll(async () => {
  await session?.close()
  await proxy?.close()
  await program?.stop()
  api?.close()
  api?.closeAllConnections()
  await cluster?.close()
  await rm(folder, { recursive: true, force: true })
})

it(`loses no result and runs no call twice when the stream is cut ${CUTS} times in mid-call (seed ${SEED})`, async () => {
  random = seeded(SEED)
  const toolbox = createToolbox(session, new Set())
  const list = async (selector: string) => {
    const args = { resource: 'pods', allNamespaces: true, labelSelector: selector }
    // As a write, which the client never retries.
    return await toolbox.call(serverTool('kubectl_get'), args, { signal, mutates: true })
  }
  const expected = await list('call!=0')
  expect(expected).toMatchObject({ isError: false, structuredContent: { kind: 'table' } })
  const perCall = requests.get('call!=0')

  const selectors: string[] = []
  while (proxy.cuts() < CUTS) {
    const before = proxy.cuts()
    let pending = 0
    const calls = Array.from({ length: 3 }, async () => {
      const selector = `call!=${selectors.length + 1}`
      selectors.push(selector)
      pending++
      const result = await list(selector)
      pending--
      return result
    })
    if (random() < 0.5) proxy.cutAfter(Math.floor(random() * 20_000))
    else await delay(random() * 40)
    if (pending > 0 && proxy.cuts() === before) proxy.cut()
    for (const result of await Promise.all(calls)) {
      expect(result).toMatchObject({ isError: false, structuredContent: { kind: 'table' } })
      expect(result.texts.join()).not.toBe('')
    }
  }
  expect(selectors.map((selector) => requests.get(selector))).toEqual(selectors.map(() => perCall))
  expect(session.status()).toMatchObject({ state: 'ready', sessions: 1 })
})

/** Forwards requests to the demo cluster, those with a label selector after a pause. */
async function startCountingApi(target: string): Promise<Server> {
  const server = createServer((request, response) => {
    const pass = async () => {
      const url = new URL(request.url ?? '/', target)
      const selector = url.searchParams.get('labelSelector')
      if (selector !== null) {
        requests.set(selector, (requests.get(selector) ?? 0) + 1)
        await delay(random() * 40)
      }
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(Buffer.from(chunk))
      const { host: _, connection: __, 'content-length': ___, ...headers } = request.headers
      const answer = await fetch(url, {
        method: request.method ?? 'GET',
        headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      })
      response.writeHead(answer.status, { 'Content-Type': answer.headers.get('content-type') ?? 'application/json' })
      response.end(Buffer.from(await answer.arrayBuffer()))
    }
    pass().catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function kubeconfigOf(server: Server): object {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'counted',
    contexts: [{ name: 'counted', context: { cluster: 'counted', user: 'counted' } }],
    clusters: [{ name: 'counted', cluster: { server: `http://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'counted', user: {} }],
  }
}
