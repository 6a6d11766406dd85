import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { AT_ONCE, roundTripsUntil } from '../../support/at-once'
import { readSse } from '../../support/chat'
import type { Chunk } from '../../support/chat'
import { answer, createGate, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { openSocket } from '../../support/socket'

let replay: ReplayServer
let app: App

beforeAll(async () => {
  replay = await startReplayServer()
  app = await startApp({ OLLAMA_BASE_URL: replay.url, MAX_TURNS: '2' })
})
afterAll(async () => {
  await app?.stop()
  await replay?.close()
})

let count = 0
let turnId = ''
let conversation = ''
beforeEach(() => {
  turnId = `turn-of-the-test-${++count}`
  conversation = `c${count}`
})

function question(more: object = {}): object {
  const messages = [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: 'hello' }] }]
  return { id: conversation, turnId, resumable: true, messages, ...more }
}

function ask(signal?: AbortSignal, more: object = {}): Promise<Response> {
  const body = JSON.stringify(question(more))
  const headers = { accept: 'text/event-stream', 'content-type': 'application/json' }
  return fetch(`${app.url}/api/chat`, { method: 'POST', headers, body, ...(signal && { signal }) })
}

const resume = () => fetch(`${app.url}/api/chat/${conversation}/stream`)
const stop = () => fetch(`${app.url}/api/turns/${turnId}/stop`, { method: 'POST' })
const textOf = (chunks: Chunk[]) =>
  chunks.map(({ type, delta }) => (type === 'text-delta' ? String(delta) : '')).join('')

async function untilText(chunks: AsyncGenerator<Chunk>): Promise<Chunk[]> {
  const seen: Chunk[] = []
  for (;;) {
    const { value } = await chunks.next()
    if (!value) throw new Error('the stream ended before its first text')
    seen.push(value)
    if (value.type === 'text-delta') return seen
  }
}

describe('a resumable question', () => {
  it('is answered though its page goes away, and its stream is taken up again from the start', async () => {
    const gate = createGate()
    replay.enqueue(answer.text('One ').hold(gate).text('whole answer.'))
    const asked = replay.chats().length
    const page = new AbortController()
    const seen = await untilText(readSse(await ask(page.signal)))
    page.abort()
    const again = await resume()
    expect(again.status).toBe(200)
    const chunks = readSse(again)
    const replayed = await untilText(chunks)
    expect(replayed[0]).toEqual(seen[0])
    gate.release()
    for await (const chunk of chunks) replayed.push(chunk)
    expect(textOf(replayed)).toBe('One whole answer.')
    expect(replayed.at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop' })
    expect(replay.chats().length).toBe(asked + 1)
  })

  it('that has ended is still had for a while', async () => {
    replay.enqueue(answer.text('Done.'))
    await (await ask()).text()
    expect(textOf(await Array.fromAsync(readSse(await resume())))).toBe('Done.')
  })

  it('is stopped by its id, at the model too, and at once', async () => {
    replay.enqueue(answer.text('Half').hold(createGate()))
    const chunks = readSse(await ask())
    await untilText(chunks)
    const closed = replay.lastChatClosed()
    expect(await (await stop()).json()).toEqual({ stopped: true })
    expect(await roundTripsUntil(closed, () => fetch(`${app.url}/ready`))).toBeLessThanOrEqual(AT_ONCE)
    expect(await closed).toMatchObject({ complete: false })
    const rest = await Array.fromAsync(chunks)
    expect(rest.at(-1)).toMatchObject({ type: 'finish', messageMetadata: { finishReason: 'aborted' } })
  })

  it('is not asked twice', async () => {
    const gate = createGate()
    replay.enqueue(answer.text('First').hold(gate))
    const first = await ask()
    await untilText(readSse(first))
    const asked = replay.chats().length
    const second = await ask()
    expect(second.status).toBe(409)
    expect(await second.json()).toMatchObject({ error: { code: 'turn-exists', requestId: expect.any(String) } })
    expect(replay.chats().length).toBe(asked)
    gate.release()
    await stop()
  })

  it('has no stream if there is no turn', async () => {
    expect((await resume()).status).toBe(204)
    expect(await (await stop()).json()).toEqual({ stopped: false })
  })

  it('that is not declared so ends with its connection, and cannot be taken up again', async () => {
    replay.enqueue(answer.text('Half').hold(createGate()))
    const page = new AbortController()
    await untilText(readSse(await ask(page.signal, { resumable: false })))
    const asking = replay.requests.findLast(({ path }) => path === '/v1/chat/completions')
    page.abort()
    expect((await asking?.closed)?.complete).toBe(false)
    expect((await resume()).status).toBe(204)
  })
})

describe('bounds', () => {
  it('answer 429 to one question too many, with a message', async () => {
    const gate = createGate()
    replay.enqueue(answer.text('a').hold(gate), answer.text('b').hold(gate))
    const pages = [new AbortController(), new AbortController()]
    for (const page of pages) await untilText(readSse(await ask(page.signal, { turnId: undefined, resumable: false })))
    const refused = await ask()
    expect(refused.status).toBe(429)
    expect(await refused.json()).toMatchObject({ error: { code: 'too-many-turns' } })
    for (const page of pages) page.abort()
    gate.release()
    replay.enqueue(answer.text('Now.'))
    await expect.poll(async () => (await ask()).status).toBe(200)
  })

  it.each([
    ['turnId', { turnId: 'short' }],
    ['turnId', { turnId: 'x'.repeat(65) }],
    ['resumable', { resumable: 'yes' }],
  ])('refuse a wrong %s', async (field, more) => {
    const response = await ask(undefined, more)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining(`${field}: `) } })
  })
})

describe('the socket', () => {
  it('brings a turn that was asked by POST, from its start', async () => {
    const gate = createGate()
    replay.enqueue(answer.text('One ').hold(gate).text('two.'))
    const asked = replay.chats().length
    await untilText(readSse(await ask()))
    const socket = await openSocket(app.url)
    socket.send({ type: 'attach', turnId })
    expect((await socket.next()).chunk).toMatchObject({ type: 'start', messageMetadata: { turnId } })
    gate.release()
    const chunks = await socket.chunksUntilEnd()
    expect(textOf(chunks)).toBe('One two.')
    expect(replay.chats().length).toBe(asked + 1)
    socket.close()
  })

  it('asks a question, whose turn ends with the socket', async () => {
    replay.enqueue(answer.text('Over the socket').hold(createGate()))
    const socket = await openSocket(app.url)
    socket.send({ type: 'chat', body: question({ resumable: false }) })
    while ((await socket.next()).chunk?.type !== 'text-delta');
    const asking = replay.requests.findLast(({ path }) => path === '/v1/chat/completions')
    socket.close()
    expect((await asking?.closed)?.complete).toBe(false)
  })

  it('stops a turn', async () => {
    replay.enqueue(answer.text('Half').hold(createGate()))
    const chunks = readSse(await ask())
    await untilText(chunks)
    const socket = await openSocket(app.url)
    socket.send({ type: 'stop', turnId })
    expect((await Array.fromAsync(chunks)).at(-1)).toMatchObject({ messageMetadata: { finishReason: 'aborted' } })
    socket.close()
  })

  it.each([
    ['turn-not-found', { type: 'attach', turnId: 'nobody-has-this-id' }],
    ['bad-request', { type: 'dance' }],
    ['bad-request', { type: 'chat', body: { messages: [] } }],
  ])('refuses unavailable turns with %s', async (code, message) => {
    const socket = await openSocket(app.url)
    socket.send(message)
    expect(await socket.next()).toMatchObject({ type: 'refused', error: { code } })
    socket.close()
  })

  it('refuses invalid JSON, and stays open', async () => {
    const socket = await openSocket(app.url)
    socket.sendText('{')
    expect(await socket.next()).toMatchObject({ type: 'refused', error: { code: 'bad-request' } })
    socket.send({ type: 'watch' })
    expect(await socket.next()).toMatchObject({ type: 'health', health: { mcp: { state: expect.any(String) } } })
    socket.close()
  })

  it('ends when its client sends more messages at once than may wait', async () => {
    const socket = await openSocket(app.url)
    for (let count = 0; count < 5000; count++) socket.sendText('junk')
    let answers = 0
    await expect(async () => {
      for (;;) {
        await socket.next()
        answers++
      }
    }).rejects.toThrow('closed')
    expect(answers).toBeLessThan(5000)
  })

  it('tells the state of the links when it changes', async () => {
    const socket = await openSocket(app.url)
    socket.send({ type: 'watch' })
    while ((await socket.next()).health?.mcp.state !== 'ready');
    await fetch(`${app.url}/api/mcp/reconnect`, { method: 'POST' })
    const states: (string | undefined)[] = []
    while (!states.includes('ready')) states.push((await socket.next()).health?.mcp.state)
    expect(states).toContain('reconnecting')
    socket.close()
  })

  it.each([
    ['another site', '/api/ws', { origin: 'https://evil.example' }, 403],
    ['an opaque origin', '/api/ws', { origin: 'null' }, 403],
    ['a name that is not ours', '/api/ws', { host: 'rebound.example' }, 403],
    ['another path', '/api/chat', {}, 404],
  ])('is not opened for %s', async (_, path, headers, status) => {
    await expect(openSocket(app.url, { path, headers })).rejects.toThrow(String(status))
  })

  it('is opened for our own page, also behind a proxy that says how it was asked', async () => {
    const own = await openSocket(app.url, { headers: { origin: app.url } })
    own.close()
    const headers = { origin: 'https://rancher.example', 'x-forwarded-host': 'rancher.example' }
    const proxied = await openSocket(app.url, { headers })
    proxied.close()
  })
})
