import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { askJson, askSse, readSse } from '../../support/chat'
import { startClusterProxy } from '../../support/cluster-proxy'
import { answer, createGate, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'

let replay: ReplayServer
let app: App

beforeAll(async () => {
  replay = await startReplayServer()
  app = await startApp({ OLLAMA_BASE_URL: replay.url })
})
afterAll(async () => {
  await app?.stop()
  await replay?.close()
})

/** Milliseconds from the client's disconnect until the model's connection closes. */
async function closesAfter(hold: typeof answer, until: 'text-delta' | 'start'): Promise<number> {
  replay.enqueue(hold)
  const asked = replay.chats().length
  const client = new AbortController()
  const response = await askSse(app.url, 'hello', client.signal)
  const chunks = readSse(response)
  while ((await chunks.next()).value?.type !== until);
  await expect.poll(() => replay.chats().length).toBe(asked + 1)
  const asking = replay.requests.findLast(({ path }) => path === '/v1/chat/completions')
  const stoppedAt = performance.now()
  client.abort()
  const closed = await asking?.closed
  expect(closed?.complete).toBe(false)
  return (closed?.at ?? Infinity) - stoppedAt
}

/** The slowest of three. */
async function slowest(hold: typeof answer, until: 'text-delta' | 'start'): Promise<number> {
  return Math.max(await closesAfter(hold, until), await closesAfter(hold, until), await closesAfter(hold, until))
}

describe('a client that closes the connection', () => {
  it('in mid-answer closes the connection to the model within 100 ms', async () => {
    expect(await slowest(answer.text('Half an ans').hold(createGate()), 'text-delta')).toBeLessThan(100)
  })

  it('before the first token, too', async () => {
    expect(await slowest(answer.hold(createGate()).text('Late'), 'start')).toBeLessThan(100)
  })

  it('leaves a server that answers the next question', async () => {
    replay.enqueue(answer.text('Still here.'))
    expect((await askJson(app.url, 'hello')).message.content).toBe('Still here.')
  })
})

describe('a running tool call', () => {
  it('is cancelled down to the cluster when the client goes away', async () => {
    const cluster = await startDemoCluster()
    const slow = await startSlowPods(cluster)
    const app = await startApp({ OLLAMA_BASE_URL: replay.url, KUBECONFIG: slow.kubeconfig })
    try {
      replay.enqueue(answer.toolCall('kubectl_get', { resource: 'pods', allNamespaces: true }))
      const client = new AbortController()
      const response = await askSse(app.url, 'pods', client.signal)
      const chunks = readSse(response)
      while ((await chunks.next()).value?.type !== 'tool-input-available');
      await slow.asked
      const stoppedAt = performance.now()
      client.abort()
      expect((await slow.givenUp) - stoppedAt).toBeLessThan(1000)
    } finally {
      await app.stop()
      await slow.close()
      await cluster.close()
    }
  })
})

/** The demo cluster behind a proxy that never answers a list of pods. */
async function startSlowPods(cluster: DemoCluster) {
  const asked = Promise.withResolvers<void>()
  const givenUp = Promise.withResolvers<number>()
  const proxy = await startClusterProxy(cluster, (incoming, outgoing) => {
    if (!incoming.url?.startsWith('/api/v1/pods')) return false
    outgoing.once('close', () => givenUp.resolve(performance.now()))
    asked.resolve()
    return true
  })
  return { ...proxy, asked: asked.promise, givenUp: givenUp.promise }
}
