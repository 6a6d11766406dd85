import { afterEach, describe, expect, it, vi } from 'vitest'
import { ModelMonitor } from '../../../server/model/status'
import type { ModelMonitorOptions } from '../../../server/model/status'
import { answer, createGate, startReplayServer } from '../../support/ollama'
import type { ReplayOptions, ReplayServer } from '../../support/ollama'

const servers: ReplayServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function start(options: ReplayOptions = {}): Promise<ReplayServer> {
  const replay = await startReplayServer(options)
  servers.push(replay)
  return replay
}

function monitorOf(replay: ReplayServer, options: Partial<ModelMonitorOptions> = {}): ModelMonitor {
  return new ModelMonitor({ baseUrl: replay.url, model: 'gpt-oss:20b', ...options })
}

describe('the context window', () => {
  it('is what /api/ps says after the warm-up, over any setting', async () => {
    const replay = await start({ contextLength: 4096 })
    const monitor = monitorOf(replay, { contextLength: 65_536 })
    expect(await monitor.warmUp()).toMatchObject({
      reachable: true,
      loaded: true,
      window: { tokens: 4096, source: 'server' },
    })
    const paths = replay.requests.map(({ path }) => path)
    expect(paths.lastIndexOf('/api/ps')).toBeGreaterThan(paths.indexOf('/api/chat'))
  })

  it('is the setting if the model is not loaded, otherwise the smallest default', async () => {
    const replay = await start()
    expect(await monitorOf(replay, { contextLength: 65_536 }).refresh()).toMatchObject({
      loaded: false,
      window: { tokens: 65_536, source: 'setting' },
    })
    expect((await monitorOf(replay).refresh()).window).toEqual({ tokens: 4096, source: 'assumed' })
  })

  it('is the setting on a server that is not Ollama', async () => {
    const replay = await start({ ollama: false })
    const status = await monitorOf(replay, { contextLength: 16_384 }).warmUp()
    expect(status).toEqual({ reachable: true, window: { tokens: 16_384, source: 'setting' } })
  })

  it('is the setting if /api/ps does not report it', async () => {
    const replay = await start({ loaded: true })
    replay.failApi('/api/ps', answer.status(200, { models: [{ name: 'gpt-oss:20b' }] }))
    expect(await monitorOf(replay, { contextLength: 9000 }).refresh()).toMatchObject({
      loaded: true,
      window: { tokens: 9000, source: 'setting' },
    })
  })

  it('stays as last told when the model is unloaded', async () => {
    const replay = await start({ loaded: true, contextLength: 32_768 })
    const monitor = monitorOf(replay)
    await monitor.refresh()
    replay.state.loaded = false
    expect(await monitor.refresh()).toMatchObject({ loaded: false, window: { tokens: 32_768, source: 'server' } })
  })

  it('is found if Ollama lists the model with the tag it was requested without', async () => {
    const replay = await start({ model: 'llama3.2:latest', loaded: true, contextLength: 7000 })
    replay.failApi('/api/show', answer.status(200, { capabilities: ['tools'] }))
    expect((await monitorOf(replay, { model: 'llama3.2' }).refresh()).window).toEqual({
      tokens: 7000,
      source: 'server',
    })
  })
})

describe('the state of the model server', () => {
  it('knows the capabilities and the models', async () => {
    const status = await monitorOf(await start({ loaded: true })).refresh()
    expect(status).toMatchObject({ capabilities: ['completion', 'tools', 'thinking'], models: ['gpt-oss:20b'] })
    expect(status.reason).toBeUndefined()
  })

  it('is down if nothing listens, and is warmed up once it is back', async () => {
    const gone = await startReplayServer()
    await gone.close()
    const monitor = monitorOf(gone)
    expect(monitor.status().reachable).toBe(false)
    expect(await monitor.warmUp()).toMatchObject({
      reachable: false,
      reason: { text: expect.stringContaining('connection refused') },
    })

    const back = await start({ port: Number(new URL(gone.url).port), contextLength: 5000 })
    expect(await monitor.refresh()).toMatchObject({ reachable: true })
    expect(await monitor.warmUp()).toMatchObject({ loaded: true, window: { tokens: 5000, source: 'server' } })
    expect(back.requests.filter(({ path }) => path === '/api/chat')).toHaveLength(1)
  })

  it('says how to get a missing model, and is reachable (errors-18)', async () => {
    const status = await monitorOf(await start({ model: 'other:latest' })).warmUp()
    expect(status).toMatchObject({
      reachable: true,
      loaded: false,
      reason: { text: expect.stringContaining('ollama pull gpt-oss:20b') },
    })
    expect(status.models).toEqual(['other:latest'])
  })

  it('says that a model cannot call tools, and names others but not that one (errors-20)', async () => {
    const status = await monitorOf(await start({ loaded: true, capabilities: ['completion'] })).refresh()
    expect(status.reason?.text).toContain('cannot call tools')
    expect(status.reason?.text).not.toMatch(/such as|On this server: .*gpt-oss:20b/)
  })

  it('keeps why a model could not be loaded', async () => {
    const replay = await start()
    replay.failApi('/api/chat', answer.status(500, { error: 'model requires more system memory' }))
    const monitor = monitorOf(replay)
    await monitor.warmUp()
    expect((await monitor.refresh()).reason?.text).toContain('requires more system memory')
    replay.state.loaded = true
    expect((await monitor.refresh()).reason).toBeUndefined()
  })

  it('says that the model is being loaded, while it is', async () => {
    const replay = await start()
    const gate = createGate()
    replay.holdApi('/api/chat', gate)
    const monitor = monitorOf(replay)
    const warm = monitor.warmUp()
    await gate.reached
    expect(monitor.status()).toMatchObject({
      reachable: true,
      loaded: false,
      reason: { text: expect.stringContaining('being loaded') },
    })
    gate.release()
    expect((await warm).reason).toBeUndefined()
  })

  it('shares one look between calls at once', async () => {
    const replay = await start({ loaded: true })
    const monitor = monitorOf(replay)
    await Promise.all([monitor.refresh(), monitor.refresh(), monitor.refresh()])
    expect(replay.requests.filter(({ path }) => path === '/api/ps')).toHaveLength(1)
  })

  it('ends with its signal, and keeps what it knew', async () => {
    const replay = await start({ loaded: true })
    const monitor = monitorOf(replay)
    const before = await monitor.refresh()
    const gate = createGate()
    replay.holdApi('/api/ps', gate)
    const stop = new AbortController()
    const look = monitor.refresh(stop.signal)
    await gate.reached
    stop.abort()
    expect(await look).toEqual(before)
    gate.release()
  })

  it('is the same for a caller that waits on when another one is stopped', async () => {
    const replay = await start({ loaded: true, contextLength: 32_768 })
    const monitor = monitorOf(replay)
    const gate = createGate()
    replay.holdApi('/api/ps', gate)
    const stop = new AbortController()
    const stopped = monitor.refresh(stop.signal)
    const waiting = monitor.refresh(new AbortController().signal)
    await gate.reached
    stop.abort(new Error('the turn was stopped'))
    expect(await stopped).toMatchObject({ reachable: false })
    gate.release()
    expect(await waiting).toMatchObject({ reachable: true, window: { tokens: 32_768, source: 'server' } })
    expect(replay.requests.filter(({ path }) => path === '/api/ps')).toHaveLength(1)
  })

  it('is not what stopped a caller that loads the model with others', async () => {
    const replay = await start({ contextLength: 32_768 })
    const monitor = monitorOf(replay)
    const gate = createGate()
    replay.holdApi('/api/chat', gate)
    const stop = new AbortController()
    const stopped = monitor.warmUp(stop.signal)
    const waiting = monitor.warmUp(new AbortController().signal)
    await gate.reached
    stop.abort(new Error('the turn was stopped'))
    expect(await stopped).toMatchObject({ loaded: false })
    gate.release()
    const status = await waiting
    expect(status).toMatchObject({ loaded: true, window: { tokens: 32_768, source: 'server' } })
    expect(status.reason).toBeUndefined()
  })

  it('ends its requests when it is closed', async () => {
    const replay = await start({ loaded: true })
    const monitor = monitorOf(replay)
    const gate = createGate()
    replay.holdApi('/api/ps', gate)
    const look = monitor.refresh()
    await gate.reached
    monitor.close()
    expect(await look).toMatchObject({ reachable: false })
    gate.release()
  })
})

describe('a model server that was restarted (model-43)', () => {
  it('is warmed up again once it is back', async () => {
    const replay = await start()
    const monitor = monitorOf(replay)
    await monitor.warmUp()
    await replay.close()
    monitor.lost()
    expect(await monitor.refresh()).toMatchObject({ reachable: false })
    const again = await start({ port: Number(new URL(replay.url).port) })
    await monitor.refresh()
    await vi.waitFor(() => expect(again.requests.map(({ path }) => path)).toContain('/api/chat'))
  })
})

describe('an obstacle', () => {
  it('is a model that is not there: what to type, and which models there are', async () => {
    const replay = await start({ model: 'llama3.2' })
    const monitor = monitorOf(replay)
    await monitor.refresh()
    expect(await monitor.obstacle()).toMatchObject({
      code: 'model-not-found',
      detail: { text: expect.stringMatching(/ollama pull gpt-oss:20b.*It has: .*llama3\.2/) },
    })
  })

  it('is a model without tools', async () => {
    const replay = await start({ capabilities: ['completion'] })
    const monitor = monitorOf(replay)
    await monitor.refresh()
    expect(await monitor.obstacle()).toMatchObject({ code: 'model-no-tools' })
  })

  it('is gone with the next question once the model can', async () => {
    const replay = await start({ capabilities: ['completion'] })
    const monitor = monitorOf(replay)
    await monitor.refresh()
    replay.state.capabilities = ['completion', 'tools']
    expect(await monitor.obstacle()).toBeUndefined()
  })

  it('is not looked up if there was none', async () => {
    const replay = await start()
    const monitor = monitorOf(replay)
    await monitor.refresh()
    const asked = replay.requests.length
    expect(await monitor.obstacle()).toBeUndefined()
    expect(replay.requests).toHaveLength(asked)
  })
})

describe('changes', () => {
  it('are reported, and nothing else is', async () => {
    const replay = await start()
    const monitor = monitorOf(replay)
    let told = 0
    monitor.onChange(() => told++)
    await monitor.refresh()
    await monitor.refresh()
    expect(told).toBe(1)
    replay.state.loaded = true
    await monitor.refresh()
    expect(told).toBe(2)
  })
})
