/** Sessions with a program of ours: when it counts as hung, and when it may be replaced. */
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { McpSession } from '../../../../../server/mcp/session/session'
import { SharedProgram } from '../../../../../server/mcp/session/shared-program'

const never = new AbortController().signal
const nothing = () => undefined

describe('sessions with one program of ours', () => {
  const kill = vi.fn()
  /** Requests without an answer, by method. */
  const held: { method: string; response: ServerResponse }[] = []
  let answersPing = true
  const methods = (name: string) => held.filter(({ method }) => method === name)

  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => (body += String(piece)))
    request.on('end', () => {
      if (body === '') return response.writeHead(405).end()
      const { id, method } = JSON.parse(body)
      if (id === undefined) return response.writeHead(202).end()
      if (method === 'ping' && answersPing) return answer(response, id, {})
      if (method === 'tools/list') return answer(response, id, { tools: [] })
      if (method !== 'initialize') return held.push({ method, response })
      const serverInfo = { name: 'x', version: '1' }
      answer(response, id, {
        ...{ protocolVersion: '2025-06-18', serverInfo },
        capabilities: { tools: {}, resources: {} },
      })
    })
  })
  const answer = (response: ServerResponse, id: number, result: object) =>
    response
      .writeHead(200, { 'content-type': 'application/json', 'mcp-session-id': 's' })
      .end(JSON.stringify({ jsonrpc: '2.0', id, result }))

  const sessions: McpSession[] = []
  let program: SharedProgram
  beforeEach(async () => {
    kill.mockClear()
    answersPing = true
    program = new SharedProgram(kill)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterEach(async () => {
    for (const { response } of held.splice(0)) response.destroy()
    await Promise.all(sessions.splice(0).map((session) => session.close()))
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  async function open(): Promise<McpSession> {
    const { port } = server.address() as AddressInfo
    const session = new McpSession({
      endpoint: { transport: 'http', url: new URL(`http://127.0.0.1:${port}/mcp`), program },
      log: { info: nothing, warn: nothing, debug: nothing },
      clientInfo: { name: 'test', version: '1' },
      timing: { pingMs: 100, backoffMs: 10 },
    })
    sessions.push(session)
    session.start()
    await session.untilReady(never)
    return session
  }

  const read = (session: McpSession, timeoutMs: number) =>
    session
      .request((client, options) => client.readResource({ uri: 'k8s://cluster' }, options), {
        ...{ kind: 'single-read', signal: never, timeoutMs },
      })
      .catch((error: unknown) => error)
  const call = (session: McpSession, kind: 'read' | 'write') =>
    session
      .request((client, options) => client.callTool({ name: 'x', arguments: {} }, undefined, options), {
        ...{ kind, signal: never, timeoutMs: 60_000 },
      })
      .catch((error: unknown) => error)

  it('keep it while it answers pings, although the API server answers neither reads nor calls', async () => {
    const session = await open()
    void call(session, 'read')
    await vi.waitFor(() => expect(methods('tools/call')).toHaveLength(1))
    for (let count = 0; count < 3; count++) await read(session, 20)
    expect(kill).not.toHaveBeenCalled()
    expect(session.status()).toMatchObject({ state: 'ready', sessions: 1 })
  })

  it('replace it if it answers no ping either, during a call', async () => {
    const session = await open()
    void call(session, 'read')
    answersPing = false
    await read(session, 20)
    await vi.waitFor(() => expect(kill).toHaveBeenCalled(), { timeout: 10_000 })
  })

  it('do not replace it while a write of another session may run in it', async () => {
    const [ours, other] = [await open(), await open()]
    const write = call(other, 'write')
    await vi.waitFor(() => expect(methods('tools/call')).toHaveLength(1))
    answersPing = false
    await read(ours, 20)
    await vi.waitFor(() => expect(ours.status().sessions).toBe(2), { timeout: 10_000 })
    expect(kill).not.toHaveBeenCalled()
    methods('tools/call')[0]?.response.destroy()
    await write
    await read(ours, 20)
    await vi.waitFor(() => expect(kill).toHaveBeenCalled(), { timeout: 10_000 })
  })
})
