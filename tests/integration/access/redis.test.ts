import { spawnSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemoCluster } from '@k8s-ai-assistant/demo-cluster'
import type { DemoCluster } from '@k8s-ai-assistant/demo-cluster'
import { redisClaims } from '../../../server/approvals/redis-claims'
import { redisResults } from '../../../server/redis/results'
import { BOUNDS } from '../../../server/results/kept/bounds'
import { freePort, startApp, startProgram } from '../../support/app'
import type { App, Program } from '../../support/app'
import { listens } from '../../support/app/network'
import { answerTo, postChat } from '../../support/approvals'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { OWN_WRITES } from '../../support/writes'

const hasRedis = spawnSync('redis-server', ['--version']).status === 0
const log = { warn: () => undefined }

async function startRedis(): Promise<{ url: string; program: Program }> {
  const port = await freePort()
  const program = startProgram('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {})
  await program.until('listening', () => listens(port))
  return { url: `redis://127.0.0.1:${port}`, program }
}

describe.skipIf(!hasRedis)('several replicas with Redis', () => {
  let redis: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.program.stop())

  it('claim an approval once, however many try at the same moment, and none that was not opened', async () => {
    const replicas = Array.from({ length: 5 }, () => redisClaims(redis.url, log))
    const [first] = replicas
    await expect.poll(() => Promise.all(replicas.map((each) => each.now())).catch(() => [])).toHaveLength(5)
    expect(await first?.claim('approval-0')).toBe('gone')
    const now = (await first?.now()) ?? 0
    expect(Math.abs(now - Date.now())).toBeLessThan(60_000)
    await first?.open('approval-1', now + 60_000)
    const claims = await Promise.all(replicas.map((each) => each.claim('approval-1')))
    expect(claims.sort()).toEqual(['claimed', 'used', 'used', 'used', 'used'])
    await Promise.all(replicas.map((each) => each.close()))
  })

  it('claim nothing if Redis does not answer', async () => {
    const own = await startRedis()
    const claims = redisClaims(own.url, log)
    await expect.poll(() => claims.now().catch(() => undefined)).toBeDefined()
    await own.program.stop()
    await expect(claims.claim('b')).rejects.toThrow()
    await expect(claims.open('b', Date.now())).rejects.toThrow()
    await claims.close()
  })

  it('wait for no answer of a Redis that hangs, and use it again once it answers', async () => {
    const own = await startRedis()
    const claims = redisClaims(own.url, log)
    const results = redisResults(own.url, log)
    const place = { user: 'an', conversation: '' }
    const part = { kind: 'text' as const, text: 'kept' }
    const kept = async (id: string) => {
      await results.put(place, id, part)
      return await results.get(place, id)
    }
    await expect.poll(() => claims.now().catch(() => undefined)).toBeDefined()
    await expect.poll(() => kept('r0')).toEqual(part)
    await claims.open('c', (await claims.now()) + 60_000)
    process.kill(own.program.pid, 'SIGSTOP')
    const [now, claim, opened, put, get] = await Promise.allSettled([
      claims.now(),
      claims.claim('c'),
      claims.open('d', Date.now()),
      results.put(place, 'r1', part),
      results.get(place, 'r0'),
    ])
    expect([now, claim, opened].map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect([put, get]).toEqual([
      { status: 'fulfilled', value: undefined },
      { status: 'fulfilled', value: undefined },
    ])
    process.kill(own.program.pid, 'SIGCONT')
    await expect.poll(() => claims.now().catch(() => undefined)).toBeDefined()
    await expect.poll(() => kept('r2')).toEqual(part)
    await Promise.all([claims.close(), results.close()])
    await own.program.stop()
  })

  it('find a kept result on each replica, and keep no more than the bound', async () => {
    const replicas = [redisResults(redis.url, log), redisResults(redis.url, log)] as const
    const place = { user: 'an:1', conversation: 'c1' }
    const part = { kind: 'text' as const, text: 'kept' }
    await expect
      .poll(async () => {
        await replicas[0].put(place, 'r0', part)
        return await replicas[1].get(place, 'r0')
      })
      .toEqual(part)
    expect(await replicas[1].get({ ...place, user: 'an' }, 'r0')).toBeUndefined()
    expect(await replicas[1].get({ ...place, conversation: 'c2' }, 'r0')).toBeUndefined()
    for (let at = 1; at <= BOUNDS.conversation.results; at++) await replicas[0].put(place, `r${at}`, part)
    expect(await replicas[1].get(place, 'r0')).toBeUndefined()
    expect(await replicas[1].get(place, 'r1')).toEqual(part)
    await Promise.all(replicas.map((each) => each.close()))
  })

  it('do without kept results if Redis does not answer', async () => {
    const own = await startRedis()
    const results = redisResults(own.url, log)
    await own.program.stop()
    await results.put({ user: 'an', conversation: '' }, 'r1', { kind: 'text', text: 'lost' })
    expect(await results.get({ user: 'an', conversation: '' }, 'r1')).toBeUndefined()
    await results.close()
  })

  describe('on one cluster', () => {
    let cluster: DemoCluster
    let replay: ReplayServer
    let replicas: App[] = []
    beforeAll(async () => {
      cluster = await startDemoCluster()
      replay = await startReplayServer({ contextLength: 65_536 })
      const env = {
        OLLAMA_BASE_URL: replay.url,
        KUBECONFIG: cluster.kubeconfigPath,
        ACCESS_MODE: 'approve',
        REDIS_URL: redis.url,
        APPROVAL_KEY: 'the key that both replicas of this test have',
      }
      replicas = await Promise.all([startApp(env), startApp(env)])
    })
    afterAll(async () => {
      await Promise.all(replicas.map((app) => app.stop()))
      await replay?.close()
      await cluster?.close()
    })

    it('run a call once that was requested at one and approved at both', async () => {
      const [one, two] = replicas
      if (!one || !two) throw new Error('two replicas were expected')
      const [tool, args] = OWN_WRITES.scale('shop', 'web', 4)
      replay.enqueue(answer.toolCall(tool, args))
      const asked = await postChat(one.url, 'scale web', { id: 'c1' })
      const approvals = (asked.approvals ?? []).map((each) => answerTo(each, { approved: true }))
      expect(approvals).toHaveLength(1)
      replay.enqueue(answer.text('Done.'), answer.text('Done.'))
      const both = await Promise.all([one, two].map(({ url }) => postChat(url, 'scale web', { id: 'c1', approvals })))
      expect(both.map(({ toolCalls }) => toolCalls[0]?.status).sort()).toEqual(['expired', 'ok'])
    })
  })
})
