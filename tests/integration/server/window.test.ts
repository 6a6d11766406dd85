import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { askJson, onlyResult, tableOf } from '../../support/chat'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'

let replay: ReplayServer
let app: App
beforeAll(async () => {
  replay = await startReplayServer({ contextLength: 4096 })
  app = await startApp({ OLLAMA_BASE_URL: replay.url })
})
afterAll(async () => {
  await app?.stop()
  await replay?.close()
})

describe('with a context window of 4,096 tokens', () => {
  it('still answers "Show me all pods", with shorter tools, and says what to set', async () => {
    replay.enqueue(
      answer.toolCall('kubectl_get', { resource: 'pods', allNamespaces: true }),
      answer.text('Here they are.'),
    )
    const reply = await askJson(app.url, 'Show me all pods')
    expect(tableOf(onlyResult(reply)).rows.length).toBeGreaterThan(10)
    expect(reply.notices?.map(({ text }) => text).join()).toMatch(/OLLAMA_CONTEXT_LENGTH=16384/)
    const requests = replay.chats()
    expect(requests[0]?.tools?.map((tool) => tool.function.name)).toContain('kubectl_get')
    // A request of n tokens has at least 2 characters each; the budget counts 3.
    for (const request of requests) expect(JSON.stringify(request).length / 3).toBeLessThan(4096)
  })

  it('warms the model up without num_ctx, and reads the window from /api/ps', async () => {
    const warm = replay.requests.find(({ path }) => path === '/api/chat')
    expect(warm?.body).toEqual({ model: 'gpt-oss:20b', messages: [], keep_alive: '1h' })
    const health = await (await fetch(`${app.url}/health`)).json()
    expect(health.model.window).toEqual({ tokens: 4096, source: 'server' })
  })
})
