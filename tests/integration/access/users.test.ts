/** Several users behind one proxy: isolation and limits. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { readSse } from '../../support/chat'
import { answer, createGate, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { proxied, proxyLogin } from '../../support/proxy-login'
import { openSocket } from '../../support/socket'

let replay: ReplayServer
let app: App
beforeAll(async () => {
  replay = await startReplayServer()
  const limits = { MAX_TURNS_PER_USER: '2', MAX_TURNS_PER_MINUTE: '10', MAX_STREAMS_PER_USER: '3' }
  app = await startApp({ OLLAMA_BASE_URL: replay.url, ...proxyLogin, AUTH_PROXY_PEERS: '127.0.0.1', ...limits })
})
afterAll(async () => {
  await app?.stop()
  await replay?.close()
})

let count = 0
let turnId = ''
/** Each test has its own users, since limits are per user. */
let [ada, eve] = ['', '']
beforeEach(() => {
  turnId = `turn-of-the-test-${++count}`
  ada = `ada-${count}`
  eve = `eve-${count}`
})

function ask(user: string, more: object = {}, signal?: AbortSignal): Promise<Response> {
  const messages = [{ role: 'user', content: 'hello' }]
  return fetch(`${app.url}/api/chat`, {
    method: 'POST',
    headers: { ...proxied(user), accept: 'text/event-stream' },
    body: JSON.stringify({ id: 'c', turnId, resumable: true, messages, ...more }),
    ...(signal && { signal }),
  })
}
const own = (turn: string) => ({ turnId: turn })
const headersOf = (user: string) => proxied(user)
const resume = (user: string, id = 'c') => fetch(`${app.url}/api/chat/${id}/stream`, { headers: headersOf(user) })
const stop = async (user: string) => {
  const response = await fetch(`${app.url}/api/turns/${turnId}/stop`, { method: 'POST', headers: headersOf(user) })
  return await response.json()
}

describe("another user's turn", () => {
  it('cannot be taken up, attached to or stopped, and its ids are free', async () => {
    const gate = createGate()
    replay.enqueue(answer.text('Of ada.').hold(gate))
    const adas = readSse(await ask(ada))
    await adas.next()
    await gate.reached

    expect((await resume(eve)).status).toBe(204)
    expect(await stop(eve)).toEqual({ stopped: false })
    const socket = await openSocket(app.url, { headers: headersOf(eve) })
    socket.send({ type: 'attach', turnId })
    expect(await socket.next()).toMatchObject({ type: 'refused', error: { code: 'turn-not-found' } })
    socket.send({ type: 'stop', turnId })
    // The same ids in a turn of her own.
    replay.enqueue(answer.text('Of eve.'))
    const eves = await (await ask(eve, own(`${turnId}-of-eve`))).text()
    expect(eves).toContain('Of eve.')
    expect(await (await resume(eve)).text()).toContain('Of eve.')
    socket.close()

    gate.release()
    const rest = await Array.fromAsync(adas)
    expect(rest.at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop' })
    expect(await (await resume(ada)).text()).toContain('Of ada.')
  })

  it('is not stopped by a stop that comes before it', async () => {
    expect(await stop(eve)).toEqual({ stopped: false })
    replay.enqueue(answer.text('Whole.'))
    expect(await (await ask(ada)).text()).toContain('Whole.')
    // The stop was hers, so her own turn does not start.
    const asked = replay.chats().length
    expect(await (await ask(eve)).text()).toContain('"finishReason":"aborted"')
    expect(replay.chats().length).toBe(asked)
  })
})

describe('one user', () => {
  const pages: AbortController[] = []
  afterAll(() => pages.forEach((page) => page.abort()))

  async function open(user: string, turn: string): Promise<void> {
    const page = new AbortController()
    pages.push(page)
    replay.enqueue(answer.text('Half').hold(createGate()))
    const chunks = readSse(await ask(user, own(turn), page.signal))
    while ((await chunks.next()).value?.type !== 'text-delta');
  }

  async function expectRefused(response: Response, words: string): Promise<void> {
    expect(response.status).toBe(429)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    const body: unknown = await response.json()
    expect(body).toMatchObject({ error: { code: 'too-many-turns', message: expect.stringContaining(words) } })
  }

  it('has so many questions answered at once, and others theirs', async () => {
    await open(ada, `${turnId}-1`)
    await open(ada, `${turnId}-2`)
    await expectRefused(await ask(ada), 'of yours are being answered')
    replay.enqueue(answer.text('Still here.'))
    expect(await (await ask(eve)).text()).toContain('Still here.')
  })

  it('limits open streams and sockets, and frees the slots again', async () => {
    const asked = await Promise.allSettled([1, 2, 3, 4].map(() => openSocket(app.url, { headers: headersOf(ada) })))
    const sockets = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    const refused = asked.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []))
    expect(sockets).toHaveLength(3)
    expect(refused).toEqual([expect.stringContaining('429')])
    await expectRefused(await ask(ada), 'answers or sockets of yours')
    const others = await openSocket(app.url, { headers: headersOf(eve) })
    for (const socket of [...sockets, others]) socket.close()
    replay.onRequest(() => answer.text('Yes.'))
    await expect.poll(async () => (await ask(ada)).status).toBe(200)
  })

  it('frees the slot of a stream, however it ends', async () => {
    replay.onRequest(() => answer.text('Yes.'))
    for (let i = 0; i < 5; i++) {
      expect(await (await ask(ada, own(`${turnId}-${i}`))).text()).toContain('[DONE]')
      expect((await fetch(`${app.url}/api/chat`, { method: 'POST', headers: headersOf(ada), body: '{' })).status).toBe(
        400,
      )
      expect(await (await resume(ada)).text()).toContain('[DONE]')
    }
  })

  it('asks so many questions a minute', async () => {
    replay.onRequest(() => answer.text('Yes.'))
    for (let i = 0; i < 10; i++) await (await ask(ada, own(`${turnId}-${i}`))).text()
    await expectRefused(await ask(ada), '10 questions within a minute')
    expect((await ask(eve)).status).toBe(200)
  })
})
