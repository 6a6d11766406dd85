import { describe, expect, it } from 'vitest'
import { createOllamaApi, probeOllama } from '../../../server/model/ollama-api'
import { answer, createGate, startReplayServer } from '../../support/ollama'
import type { ReplayOptions, ReplayServer } from '../../support/ollama'

async function withServer(options: ReplayOptions, use: (replay: ReplayServer) => Promise<void>): Promise<void> {
  const replay = await startReplayServer(options)
  try {
    await use(replay)
  } finally {
    await replay.close()
  }
}

function apiAt(url: string, options: { timeoutMs?: number; apiKey?: string } = {}) {
  return createOllamaApi({ baseUrl: url, model: 'gpt-oss:20b', ...options })
}

describe("Ollama's own API", () => {
  it('reads version, models, capabilities, and the window in force', () =>
    withServer({ loaded: true, contextLength: 4096, capabilities: ['completion', 'tools'] }, async (replay) => {
      const api = apiAt(`${replay.url}/v1`)
      expect(await api.version()).toEqual({ offered: true, value: '0.33.0' })
      expect(await api.models()).toEqual({ offered: true, value: ['gpt-oss:20b'] })
      expect(await api.show('gpt-oss:20b')).toEqual({ offered: true, value: { capabilities: ['completion', 'tools'] } })
      expect(await api.running()).toEqual({ offered: true, value: [{ name: 'gpt-oss:20b', contextLength: 4096 }] })
      expect(replay.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
        'GET /api/version',
        'GET /api/tags',
        'POST /api/show',
        'GET /api/ps',
      ])
    }))

  it('lists nothing as running while nothing is loaded', () =>
    withServer({}, async (replay) => {
      expect(await apiAt(replay.url).running()).toEqual({ offered: true, value: [] })
      replay.failApi('/api/ps', answer.status(200, { models: null }))
      expect(await apiAt(replay.url).running()).toEqual({ offered: true, value: [] })
    }))

  it('warms up with an empty conversation and never with num_ctx, which would load the model twice', () =>
    withServer({}, async (replay) => {
      expect(await apiAt(replay.url, { apiKey: 'secret' }).warmUp('gpt-oss:20b', '1h')).toEqual({
        offered: true,
        value: true,
      })
      expect(replay.requests[0]).toMatchObject({ method: 'POST', path: '/api/chat' })
      expect(replay.requests[0]?.body).toEqual({ model: 'gpt-oss:20b', messages: [], keep_alive: '1h' })
      expect(replay.requests[0]?.headers.authorization).toBe('Bearer secret')
    }))

  it('is not offered by a server that is not Ollama', () =>
    withServer({ ollama: false }, async (replay) => {
      const api = apiAt(replay.url)
      const all = [api.version(), api.models(), api.running(), api.show('x'), api.warmUp('x', '1h')]
      expect(await Promise.all(all)).toEqual(all.map(() => ({ offered: false })))
    }))

  it.each([
    ['405', answer.status(405, { detail: 'Method Not Allowed' })],
    ['404 in JSON that names no model', answer.status(404, { detail: 'Not Found' })],
    ['its page for every path', answer.html(200)],
  ])('is not offered by a server that answers %s', (_name, script) =>
    withServer({}, async (replay) => {
      replay.failApi('/api/ps', script)
      expect(await apiAt(replay.url).running()).toEqual({ offered: false })
    }),
  )

  it('says how to get a model that the server does not have', () =>
    withServer({ model: 'llama3.2:latest' }, async (replay) => {
      const api = apiAt(replay.url)
      for (const asked of [api.show('gpt-oss:20b'), api.warmUp('gpt-oss:20b', '1h')]) {
        await expect(asked).rejects.toMatchObject({
          code: 'model-not-found',
          message: expect.stringContaining('ollama pull gpt-oss:20b'),
        })
      }
    }))

  it("passes on the server's words when the model cannot be loaded", () =>
    withServer({}, async (replay) => {
      const words = 'model requires more system memory (13.1 GiB) than is available (7.2 GiB)'
      replay.failApi('/api/chat', answer.status(500, { error: words }))
      await expect(apiAt(replay.url).warmUp('gpt-oss:20b', '1h')).rejects.toMatchObject({
        code: 'model-bad-response',
        message: expect.stringContaining(words),
      })
    }))

  it('refuses an answer in another format', () =>
    withServer({}, async (replay) => {
      replay.failApi('/api/ps', answer.status(200, { models: 'none' }))
      await expect(apiAt(replay.url).running()).rejects.toMatchObject({ code: 'model-bad-response' })
    }))

  it('gives up after its time, and when it is stopped', () =>
    withServer({}, async (replay) => {
      const gate = createGate()
      replay.holdApi('/api/ps', gate)
      await expect(apiAt(replay.url, { timeoutMs: 30 }).running()).rejects.toMatchObject({ code: 'model-stalled' })
      const stop = new AbortController()
      const asked = apiAt(replay.url).running(stop.signal)
      const request = await replay.request(2)
      stop.abort()
      await expect(asked).rejects.toBe(stop.signal.reason)
      expect(await request.closed).toMatchObject({ complete: false })
      gate.release()
    }))

  it('says that nothing listens', async () => {
    const replay = await startReplayServer()
    await replay.close()
    await expect(apiAt(replay.url).version()).rejects.toMatchObject({ code: 'model-unreachable' })
  })
})

describe('the probe', () => {
  it('tells an Ollama from another server, from silence, and from nothing', async () => {
    await withServer({}, async (replay) => expect(await probeOllama(replay.url, 1000)).toBe(true))
    await withServer({ ollama: false }, async (replay) => expect(await probeOllama(replay.url, 1000)).toBe(false))
    let closed = ''
    await withServer({}, async (replay) => {
      closed = replay.url
      const gate = createGate()
      replay.holdApi('/api/version', gate)
      expect(await probeOllama(replay.url, 30)).toBe(false)
      gate.release()
    })
    expect(await probeOllama(closed, 1000)).toBe(false)
  })
})
