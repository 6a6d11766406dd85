import { createParser } from 'eventsource-parser'
import type { EventSourceMessage } from 'eventsource-parser'
import { request } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startSseServer } from './sse-server'
import type { SseServer } from './sse-server'

// A busy machine takes its time.
vi.setConfig({ expect: { poll: { timeout: 10_000 } } })

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
}
const call = (id: number, name: string, ms = 0, size = 0) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'count', arguments: { call: name, ms, size } },
})

interface Stream {
  status: number
  headers: Headers
  events: EventSourceMessage[]
  comments: string[]
  /** Ids of the JSON-RPC messages. */
  answered: () => unknown[]
  close: () => void
}

let server: SseServer
const streams: Stream[] = []
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.close()
  await server.close()
})

async function stream(query = '', headers: Record<string, string> = {}): Promise<Stream> {
  const stop = new AbortController()
  const response = await fetch(`${server.url}/sse${query}`, { headers, signal: stop.signal })
  const events: EventSourceMessage[] = []
  const comments: string[] = []
  const parser = createParser({ onEvent: (event) => events.push(event), onComment: (text) => comments.push(text) })
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const piece of response.body ?? []) parser.feed(decoder.decode(piece, { stream: true }))
  }
  read().catch(() => undefined)
  const messages = () => events.filter(({ event }) => event === 'message')
  const opened: Stream = {
    status: response.status,
    headers: response.headers,
    events,
    comments,
    answered: () => messages().map(({ data }) => JSON.parse(data).id),
    close: () => stop.abort(),
  }
  streams.push(opened)
  return opened
}

async function openSession(headers: Record<string, string> = {}) {
  const opened = await stream('', headers)
  await expect.poll(() => opened.events).toHaveLength(1)
  const endpoint = opened.events[0]?.data ?? ''
  const id = new URL(endpoint, server.url).searchParams.get('sessionId') ?? ''
  const post = (body: unknown, more: Record<string, string> = {}) =>
    fetch(server.url + endpoint, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers, ...more },
      body: JSON.stringify(body),
    })
  await post(INITIALIZE)
  await expect.poll(opened.answered).toEqual([1])
  return { opened, endpoint, id, post, recovery: opened.headers.get('mcp-recovery') ?? '' }
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

describe('resuming an SSE session', () => {
  it('sends the endpoint again, then the missed messages in order, to a client that only has the token', async () => {
    server = await startSseServer({ token: 'secret' })
    const { opened, endpoint, id, post } = await openSession(bearer('secret'))
    opened.close()
    await post(call(2, 'a', 20))
    await post(call(3, 'b'))
    await expect.poll(() => server.runs.size).toBe(2)
    const resumed = await stream(`?sessionId=${id}`, { 'X-MCP-AUTH': 'secret' })
    await expect.poll(() => resumed.answered().slice(-2)).toEqual([3, 2])
    expect(resumed.events[0]).toMatchObject({ event: 'endpoint', data: endpoint })
    expect([...server.runs.values()]).toEqual([1, 1])
  })

  it('does not send again what the client has received', async () => {
    server = await startSseServer({ token: 'secret' })
    const { opened, id, post } = await openSession(bearer('secret'))
    await post(call(2, 'a'))
    await expect.poll(opened.answered).toEqual([1, 2])
    opened.close()
    await post(call(3, 'b'))
    const resumed = await stream(`?sessionId=${id}`, { ...bearer('secret'), 'Last-Event-ID': '2' })
    await expect.poll(resumed.answered).toEqual([3])
  })

  it('ends a former stream that seems to be alive', async () => {
    server = await startSseServer()
    const { opened, id, post, recovery } = await openSession()
    const resumed = await stream(`?sessionId=${id}`, { 'Mcp-Recovery': recovery, 'Last-Event-ID': '1' })
    await post(call(2, 'a'))
    await expect.poll(resumed.answered).toEqual([2])
    expect(opened.answered()).toEqual([1])
  })

  it('runs a request that is posted twice once', async () => {
    server = await startSseServer()
    const { opened, post } = await openSession()
    expect((await post(call(2, 'a', 20))).status).toBe(202)
    expect((await post(call(2, 'a', 20))).status).toBe(202)
    await post(call(3, 'b', 40))
    await expect.poll(opened.answered).toEqual([1, 2, 3])
    expect(server.runs.get('a')).toBe(1)
  })

  it('closes a session that stays without a stream', async () => {
    server = await startSseServer({ keepMs: 50 })
    const { opened, id, recovery } = await openSession()
    expect(server.sessions()).toBe(1)
    opened.close()
    await expect.poll(server.sessions).toBe(0)
    expect((await stream(`?sessionId=${id}`, { 'Mcp-Recovery': recovery })).status).toBe(404)
  })
})

describe('a session id alone', () => {
  const text = async (path: string, init?: RequestInit) => {
    const response = await fetch(server.url + path, init)
    return [response.status, await response.text()]
  }

  it('grants no access on a server without a token', async () => {
    server = await startSseServer()
    const { id } = await openSession()
    const unknown = await text('/sse?sessionId=00000000-0000-4000-8000-000000000000')
    expect(await text(`/sse?sessionId=${id}`)).toEqual(unknown)
    expect(await text(`/sse?sessionId=${id}`, { headers: { 'Mcp-Recovery': 'x' } })).toEqual(unknown)
    expect(unknown[0]).toBe(404)
  })

  it('grants no access with another token, neither to read nor to post', async () => {
    server = await startSseServer()
    const { id, endpoint, recovery } = await openSession(bearer('mine'))
    const headers = { ...bearer('theirs'), 'Mcp-Recovery': recovery, 'Content-Type': 'application/json' }
    expect(await text(`/sse?sessionId=${id}`, { headers })).toEqual([404, 'Session not found'])
    expect(await text(`/sse?sessionId=${id}`)).toEqual([404, 'Session not found'])
    const posted = await text(endpoint, { method: 'POST', headers, body: JSON.stringify(call(2, 'foreign')) })
    expect(posted).toEqual([404, 'Session not found'])
    expect(server.runs.size).toBe(0)
  })

  it('gives nothing without the token that the server wants', async () => {
    server = await startSseServer({ token: 'secret' })
    const { id, endpoint } = await openSession(bearer('secret'))
    const unknown = await text('/sse?sessionId=00000000-0000-4000-8000-000000000000')
    expect(unknown[0]).toBe(401)
    expect(await text(`/sse?sessionId=${id}`)).toEqual(unknown)
    expect(await text(`/sse?sessionId=${id}`, { headers: bearer('other') })).toEqual(unknown)
    expect((await text(endpoint, { method: 'POST', body: '{}' }))[0]).toBe(401)
  })
})

describe('the HTTP server', () => {
  /** fetch does not let its caller set Host. */
  const status = (headers: Record<string, string>) =>
    new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: server.port, path: '/sse', headers }, (response) => {
        resolve(response.statusCode)
        response.destroy()
      })
      sent.on('error', reject).end()
    })

  it('refuses the Host header of a name that was rebound, and the Origin of any other page', async () => {
    server = await startSseServer()
    expect(await status({ Host: 'evil.example' })).toBe(403)
    expect(await status({ Host: `localhost:${server.port}`, Origin: 'http://evil.example' })).toBe(403)
    expect(await status({ Host: `localhost:${server.port}`, Origin: 'null' })).toBe(403)
    expect(await status({ Host: `[::1]:${server.port}` })).toBe(200)
  })

  it('refuses bodies that are too large, of another type, or no JSON-RPC', async () => {
    server = await startSseServer()
    const { endpoint, post } = await openSession()
    const send = (body: string, type = 'application/json') =>
      fetch(server.url + endpoint, { method: 'POST', headers: { 'Content-Type': type }, body })
    expect(
      (await post({ ...call(2, 'a'), filler: 'x'.repeat(5 * 1024 * 1024) }).catch(() => ({ status: 413 }))).status,
    ).toBe(413)
    expect((await send('{}', 'text/plain')).status).toBe(415)
    expect((await send('{"hello":')).status).toBe(400)
    expect((await send('{"hello":1}')).status).toBe(400)
  })

  it('has a bounded number of sessions, and ends one without a stream for a new one', async () => {
    server = await startSseServer({ maxSessions: 2 })
    const first = await openSession()
    await openSession()
    expect((await stream()).status).toBe(503)
    first.opened.close()
    await expect.poll(async () => (await stream()).status).toBe(200)
    expect(server.sessions()).toBe(2)
  })

  it('writes comments so that proxies keep the stream', async () => {
    server = await startSseServer({ keepAliveMs: 10 })
    const { opened } = await openSession()
    await expect.poll(() => opened.comments).toContain('keepalive')
  })

  it('answers probes without a token', async () => {
    server = await startSseServer({ token: 'secret' })
    for (const path of ['/health', '/ready']) expect((await fetch(server.url + path)).status).toBe(200)
    expect((await fetch(`${server.url}/sse`)).status).toBe(401)
  })
})
