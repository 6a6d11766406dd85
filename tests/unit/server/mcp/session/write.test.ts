import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { McpSession } from '../../../../../server/mcp/session/session'
import { createToolbox } from '../../../../../server/mcp/toolbox/toolbox'
import type { Toolbox } from '../../../../../server/mcp/toolbox/types'
import { serverTool } from '../../../../support/brands'

const script = fileURLToPath(new URL('../../../../support/mcp/odd-server.mjs', import.meta.url))
const quiet = () => undefined
const options = {
  log: { info: quiet, warn: quiet, debug: quiet },
  clientInfo: { name: 'test', version: '1' },
  timing: { backoffMs: 10, waitMs: 5000, pingMs: 200 },
}
const signal = new AbortController().signal
const args = { kind: 'Deployment', name: 'web', namespace: 'shop' }
const unknown = {
  isError: true,
  outcomeUnknown: true,
  texts: [expect.stringContaining('Look at Deployment web in shop')],
}

describe('a write', () => {
  let session: McpSession
  let toolbox: Toolbox

  beforeEach(async () => {
    const env = { PATH: process.env.PATH ?? '' }
    session = new McpSession({
      ...options,
      endpoint: { transport: 'stdio', command: process.execPath, args: [script], env },
    })
    toolbox = createToolbox(session, new Set())
    session.start()
    await session.untilReady(signal)
  })
  afterEach(() => session.close())

  it('that ran is a result like any other', async () => {
    expect(await toolbox.call(serverTool('odd-name.v2'), args, { signal, mutates: true })).toEqual({
      isError: false,
      texts: ['this is odd-name.v2'],
    })
  })

  it('that ran is a result, though it does not fit the schema that the tool promised', async () => {
    expect(await toolbox.call(serverTool('typed'), args, { signal, mutates: true })).toEqual({
      isError: false,
      texts: ['this is typed'],
    })
  })

  it('whose server dies is not repeated: its outcome is unknown', async () => {
    expect(await toolbox.call(serverTool('die'), args, { signal, mutates: true })).toMatchObject(unknown)
    await session.untilReady(signal)
    // A read is retried and also kills the second server, so two more sessions are opened instead of one.
    expect(session.status().sessions).toBe(2)
  })

  it('is not interrupted by a request for a new session', async () => {
    const stop = new AbortController()
    const write = toolbox.call(serverTool('hang'), args, { signal: stop.signal, mutates: true })
    await toolbox.call(serverTool('odd-name.v2'), {}, { signal })
    await session.reconnect(signal)
    expect(session.status()).toMatchObject({ state: 'ready', sessions: 1 })
    stop.abort()
    await write
    await session.reconnect(signal)
    expect(session.status()).toMatchObject({ state: 'ready', sessions: 2 })
  })

  it('that is not answered in time has an unknown outcome', async () => {
    expect(await toolbox.call(serverTool('hang'), args, { signal, mutates: true, timeoutMs: 50 })).toMatchObject(
      unknown,
    )
  })

  it('that is stopped while it runs has an unknown outcome', async () => {
    const stop = new AbortController()
    const call = toolbox.call(serverTool('hang'), args, { signal: stop.signal, mutates: true })
    // The request has left once a later one is answered: the server reads them in their order.
    await toolbox.call(serverTool('odd-name.v2'), {}, { signal })
    stop.abort(new Error('stopped'))
    expect(await call).toMatchObject(unknown)
  })

  it('that is stopped before it was sent did not run', async () => {
    const stop = new AbortController()
    stop.abort(new Error('stopped'))
    await expect(toolbox.call(serverTool('hang'), args, { signal: stop.signal, mutates: true })).rejects.toThrow(
      'stopped',
    )
  })
})

describe('a call that is not answered', () => {
  it('has the server asked at once whether it lives, and a hung one is replaced', async () => {
    const env = { PATH: process.env.PATH ?? '' }
    const endpoint = { transport: 'stdio' as const, command: process.execPath, args: [script], env }
    const session = new McpSession({ ...options, endpoint })
    const toolbox = createToolbox(session, new Set())
    session.start()
    await session.untilReady(signal)
    await toolbox.call(serverTool('freeze'), {}, { signal, timeoutMs: 50 })
    await expect.poll(() => session.status().sessions, { timeout: 15_000 }).toBe(2)
    await session.close()
  })
})

describe('a write over HTTP', () => {
  let http: Awaited<ReturnType<typeof overHttp>> | undefined
  afterEach(() => http?.close())

  it('did not run if nothing listens any more', async () => {
    http = await overHttp((response) => response.end())
    await http.stopServer()
    const result = await http.toolbox.call(serverTool('scale'), args, { signal, mutates: true })
    expect(result).toMatchObject({ isError: true, texts: [expect.stringMatching(/lost|cannot be reached/)] })
    expect(result.outcomeUnknown).toBeUndefined()
  })

  it.each<[string, number, string]>([
    ['a gateway that gave up', 504, 'upstream request timeout'],
    ['an error of the server', 500, 'Internal Server Error'],
    ['no JSON', 200, 'panic: runtime error'],
    ['no result of a tool', 200, '{"jsonrpc":"2.0","id":$ID,"result":{"content":"no list"}}'],
  ])('that is answered by %s may have run', async (_, status, body) => {
    http = await overHttp((response, id) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body.replace('$ID', String(id)))
    })
    expect(await http.toolbox.call(serverTool('scale'), args, { signal, mutates: true })).toMatchObject(unknown)
  })

  it.each<[string, number, string]>([
    ['is refused', 403, 'Forbidden'],
    ['fails in the tool', 200, '{"jsonrpc":"2.0","id":$ID,"error":{"code":-32603,"message":"denied"}}'],
  ])('that %s has a known outcome', async (_, status, body) => {
    http = await overHttp((response, id) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body.replace('$ID', String(id)))
    })
    const result = await http.toolbox.call(serverTool('scale'), args, { signal, mutates: true })
    expect(result.isError).toBe(true)
    expect(result.outcomeUnknown).toBeUndefined()
  })
})

describe('an answer that is not in the format of MCP', () => {
  it("is an error without the parser's message", async () => {
    const http = await overHttp((response, id) => {
      const body = { jsonrpc: '2.0', id, result: { content: 'no list' } }
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    const texts = ['The MCP server answered with something that is not in the format of MCP.']
    expect(await http.toolbox.call(serverTool('list'), {}, { signal })).toMatchObject({ isError: true, texts })
    await http.close()
  })
})

/** A session with a server over streamable HTTP whose tool calls are answered by `answerCall`. */
async function overHttp(answerCall: (response: ServerResponse, id: number) => void) {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => (body += String(piece)))
    request.on('end', () => {
      if (body === '') return response.writeHead(405).end()
      const { id, method } = JSON.parse(body)
      if (id === undefined) return response.writeHead(202).end()
      if (method === 'tools/call') return answerCall(response, id)
      const initialized = {
        protocolVersion: '2025-06-18',
        capabilities: { tools: {} },
        serverInfo: { name: 'x', version: '1' },
      }
      const result = method === 'initialize' ? initialized : { tools: [] }
      const headers = { 'content-type': 'application/json', 'mcp-session-id': 's', connection: 'close' }
      return response.writeHead(200, headers).end(JSON.stringify({ jsonrpc: '2.0', id, result }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const session = new McpSession({
    ...options,
    timing: { ...options.timing, waitMs: 2000 },
    endpoint: { transport: 'http', url: new URL(`http://127.0.0.1:${port}/mcp`) },
  })
  const toolbox = createToolbox(session, new Set())
  session.start()
  await session.untilReady(signal)
  const stopServer = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const close = async () => {
    await session.close()
    if (server.listening) await stopServer()
  }
  return { toolbox, stopServer, close }
}
