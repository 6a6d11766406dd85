import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { startApp } from '../../support/app'
import type { App } from '../../support/app'
import { AT_ONCE, roundTripsUntil } from '../../support/at-once'
import { askJson, askSse, readSse } from '../../support/chat'
import { startClusterProxy } from '../../support/cluster/cluster-proxy'
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

/** Round trips to the server between the client's disconnect and the end of the model's connection. */
async function closesAfter(hold: typeof answer, until: 'text-delta' | 'start'): Promise<number> {
  replay.enqueue(hold)
  const asked = replay.chats().length
  const client = new AbortController()
  const response = await askSse(app.url, 'hello', client.signal)
  const chunks = readSse(response)
  while ((await chunks.next()).value?.type !== until);
  await expect.poll(() => replay.chats().length).toBe(asked + 1)
  const closed = replay.lastChatClosed()
  client.abort()
  const trips = await roundTripsUntil(closed, () => fetch(`${app.url}/ready`))
  expect(await closed).toMatchObject({ complete: false })
  return trips
}

describe('a client that closes the connection', () => {
  it('in mid-answer closes the connection to the model at once', async () => {
    expect(await closesAfter(answer.text('Half an ans').hold(createGate()), 'text-delta')).toBeLessThanOrEqual(AT_ONCE)
  })

  it('before the first token, too', async () => {
    expect(await closesAfter(answer.hold(createGate()).text('Late'), 'start')).toBeLessThanOrEqual(AT_ONCE)
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
      client.abort()
      expect(await roundTripsUntil(slow.givenUp, () => fetch(`${app.url}/ready`))).toBeLessThanOrEqual(AT_ONCE)
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
  const givenUp = Promise.withResolvers<void>()
  const proxy = await startClusterProxy(cluster, (incoming, outgoing) => {
    if (!incoming.url?.startsWith('/api/v1/pods')) return false
    outgoing.once('close', () => givenUp.resolve())
    asked.resolve()
    return true
  })
  return { ...proxy, asked: asked.promise, givenUp: givenUp.promise }
}
