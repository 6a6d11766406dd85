import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { McpSession } from '../../server/mcp/session/session'
import { createOllamaModel } from '../../server/model/client'
import { probeOllama } from '../../server/model/ollama-api'
import { ModelMonitor } from '../../server/model/status'
import { stepEvents } from '../support/agent/step-events'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

/** A server that redirects every request to another one, which records them. */
async function trap(status: number, first?: RequestListener) {
  const seen: string[] = []
  const victim = await listen((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    response.setHeader('content-type', 'application/json').end('{}')
  })
  const asked: string[] = []
  const url = await listen((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    if (asked.length === 1 && first) return first(request, response)
    response.writeHead(status, { location: `${victim}/stolen` }).end()
  })
  return { url, victim, seen, asked }
}

const signal = new AbortController().signal
const silent = () => undefined
const log = { info: silent, warn: silent, debug: silent }
const key = { apiKey: 'secret', model: 'm' }

/** Opens a session, and closes it once it has failed to connect. */
async function failToConnect(transport: 'sse' | 'http', url: string): Promise<void> {
  const endpoint = { transport, url: new URL(`/${transport}`, url), authToken: 'secret' }
  const session = new McpSession({ endpoint, log, clientInfo: { name: 'test', version: '1' } })
  session.start()
  await vi.waitFor(() => expect(session.status().reason).toBeDefined(), 10_000)
  expect(session.status().state).not.toBe('ready')
  await session.close()
}

describe.each([301, 302, 303, 307, 308])('a redirect with status %i is not followed', (status) => {
  it('by a question to the model', async () => {
    const { url, seen, asked } = await trap(status)
    const model = createOllamaModel({ baseUrl: url, ...key })
    const request = { messages: [{ role: 'user' as const, content: 'hello' }], tools: [] }
    await expect(Array.fromAsync(stepEvents(model, request, signal))).rejects.toThrow('redirect')
    expect(asked).toEqual(['POST /v1/chat/completions'])
    expect(seen).toEqual([])
  })

  it('by the look for an Ollama, and by the look at one', async () => {
    const { url, seen, asked } = await trap(status)
    expect(await probeOllama(url, 1000)).toBe(false)
    const monitor = new ModelMonitor({ baseUrl: url, ...key })
    await monitor.warmUp()
    expect(monitor.status().reason?.text).toContain('redirect')
    expect(asked.length).toBeGreaterThan(1)
    expect(seen).toEqual([])
  })

  it.each(['sse', 'http'] as const)('by the MCP session over %s', async (transport) => {
    const { url, seen, asked } = await trap(status)
    await failToConnect(transport, url)
    expect(asked.length).toBeGreaterThan(0)
    expect(seen).toEqual([])
  })
})

describe('an MCP server over SSE', () => {
  const sendsTo = (endpoint: string): RequestListener => {
    return (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`event: endpoint\ndata: ${endpoint}\n\n`)
    }
  }
  it('cannot have our messages redirected', async () => {
    const { url, seen, asked } = await trap(307, sendsTo('/messages'))
    await failToConnect('sse', url)
    expect(asked).toContain('POST /messages')
    expect(seen).toEqual([])
  })

  it('cannot have them sent to another origin', async () => {
    const other = await trap(200)
    const { url } = await trap(404, sendsTo(`${other.victim}/messages`))
    await failToConnect('sse', url)
    expect(other.seen).toEqual([])
  })
})
