import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { CallToolRequestSchema, CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createHttpServer, listen } from '../../../../mcp/transports/http-server'
import { StreamableEndpoint } from '../../../../mcp/transports/streamable'
import { startCuttingProxy } from './cutting-proxy'

// A busy machine takes its time.
vi.setConfig({ expect: { poll: { timeout: 10_000 } } })

const clean: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of clean.splice(0).reverse()) await close()
})

interface StartOptions {
  answers: 'json' | 'events'
  maxSessions?: number
  idleMs?: number
  /** The tool answers when it resolves. */
  released?: Promise<void>
}

async function start({ released, ...options }: StartOptions) {
  let runs = 0
  const endpoint = new StreamableEndpoint({
    maxSessions: 8,
    ...options,
    async connect(transport) {
      const server = new Server({ name: 'counting', version: '1' }, { capabilities: { tools: {} } })
      server.setRequestHandler(CallToolRequestSchema, async () => {
        runs++
        await released
        return { content: [{ type: 'text', text: 'done' }] }
      })
      await server.connect(transport)
    },
  })
  const silent = () => undefined
  const log = { info: silent, warn: silent, error: silent }
  const server = createHttpServer({ access: { hosts: [] }, routes: endpoint.routes, log })
  await listen(server, { host: '127.0.0.1', port: 0 })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  clean.push(async () => {
    await endpoint.close()
    server.close()
    server.closeAllConnections()
  })
  return { port, endpoint, runs: () => runs }
}

async function connect(port: number, token = 'mine') {
  const transport = new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`), {
    requestInit: { headers: { Authorization: `Bearer ${token}` } },
    reconnectionOptions: {
      initialReconnectionDelay: 10,
      maxReconnectionDelay: 100,
      reconnectionDelayGrowFactor: 2,
      maxRetries: 10,
    },
  })
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(transport)
  clean.push(() => client.close())
  const call = (onresumptiontoken?: (token: string) => void) => {
    const request = { method: 'tools/call', params: { name: 'count', arguments: {} } } as const
    return client.request(request, CallToolResultSchema, onresumptiontoken ? { onresumptiontoken } : {})
  }
  return { client, transport, call, id: transport.sessionId ?? '' }
}

describe('streamable HTTP', () => {
  it.each(['json', 'events'] as const)('answers calls as %s', async (answers) => {
    const { port } = await start({ answers })
    const { call } = await connect(port)
    expect(await call()).toMatchObject({ content: [{ text: 'done' }] })
  })

  it('sends an answer whose stream was cut on the next one', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const { port, runs } = await start({ answers: 'events', released })
    const proxy = await startCuttingProxy(port)
    clean.push(() => proxy.close())
    const { call } = await connect(proxy.port)
    const resumable = Promise.withResolvers<string>()
    const answer = call(resumable.resolve)
    await resumable.promise
    proxy.cut()
    release()
    expect(await answer).toMatchObject({ content: [{ text: 'done' }] })
    expect(runs()).toBe(1)
  })

  it('does not know the session of another caller', async () => {
    const { port } = await start({ answers: 'json' })
    const { id } = await connect(port)
    const get = (token: string, session: string) =>
      fetch(`http://127.0.0.1:${port}/mcp`, {
        method: 'DELETE',
        headers: { Authorization: `Bearer ${token}`, 'mcp-session-id': session },
      }).then(async (response) => [response.status, await response.text()])
    expect(await get('theirs', id)).toEqual(await get('mine', 'unknown'))
    expect((await get('theirs', id))[0]).toBe(404)
    expect((await get('mine', id))[0]).toBe(200)
  })

  it('ends sessions that nobody uses, and keeps those with an open stream', async () => {
    const { port, endpoint } = await start({ answers: 'json', idleMs: 50 })
    const [gone, stays] = await Promise.all([connect(port), connect(port)])
    await expect.poll(() => endpoint.size).toBe(2)
    await gone.client.close()
    await expect.poll(() => endpoint.size).toBe(1)
    expect(await stays.call()).toMatchObject({ content: [{ text: 'done' }] })
  })

  it('makes room for a new session by the one that was not used for longest', async () => {
    const { port, endpoint } = await start({ answers: 'json', maxSessions: 1 })
    const { client } = await connect(port)
    await expect(connect(port)).rejects.toThrow('Too many sessions')
    await client.close()
    await expect
      .poll(() =>
        connect(port).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true)
    expect(endpoint.size).toBe(1)
  })

  it('keeps no session for a request that opens none', async () => {
    const { port, endpoint } = await start({ answers: 'json' })
    const headers = { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' }
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
    expect((await fetch(`http://127.0.0.1:${port}/mcp`, { method: 'POST', headers, body })).status).toBe(400)
    expect(endpoint.size).toBe(0)
  })
})
