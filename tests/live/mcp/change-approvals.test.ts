/**
 * Approvals through the application while cluster, user or replica change before the answer. Needs TEST_KUBECONFIG and
 * TEST_KUBECONFIG_2; replicas need redis-server.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readKubeconfig } from '../../../mcp/kubernetes/connection/kubeconfig'
import { freePort, hasKubectl, startApp, startProgram, testKubeconfig } from '../../support/app'
import type { App, Program } from '../../support/app'
import { listens } from '../../support/app/network'
import type { Env } from '../../support/app/program'
import { answerTo, postChat } from '../../support/approvals'
import type { Pending } from '../../support/approvals'
import { answer, startReplayServer } from '../../support/ollama'
import type { ReplayServer } from '../../support/ollama'
import { startTwoClusters } from '../../support/cluster/two-clusters'
import type { Side, TwoClusters } from '../../support/cluster/two-clusters'
import { OWN_WRITES } from '../../support/writes'

const secondKubeconfig = process.env.TEST_KUBECONFIG_2 || undefined
const hasRedis = spawnSync('redis-server', ['--version']).status === 0

describe.skipIf(!testKubeconfig || !secondKubeconfig || !hasKubectl())('approvals with two clusters', () => {
  let clusters: TwoClusters
  let replay: ReplayServer
  const apps: App[] = []
  let count = 0

  beforeAll(async () => {
    clusters = await startTwoClusters({ staging: testKubeconfig ?? '', production: secondKubeconfig ?? '' })
    replay = await startReplayServer({ contextLength: 65_536 })
  })
  afterAll(async () => {
    await replay?.close()
    await clusters?.kubectl('staging', 'delete', 'clusterrolebinding', clusters.namespace, '--ignore-not-found')
    await clusters?.remove()
  })
  beforeEach(() => clusters.write('staging'))
  afterEach(async () => {
    await Promise.all(apps.splice(0).map((each) => each.stop()))
  })

  async function start(env: Env = {}): Promise<App> {
    const common = { OLLAMA_BASE_URL: replay.url, ACCESS_MODE: 'approve', KUBECONFIG: clusters.kubeconfig }
    const app = await startApp({ ...common, ...env })
    apps.push(app)
    return app
  }

  const replicas = async (side: Side) =>
    Number(
      await clusters.kubectl(side, '-n', clusters.namespace, 'get', 'deploy', 'web', '-o', 'jsonpath={.spec.replicas}'),
    )

  interface Card {
    id: string
    pending: Pending[]
    wanted: number
    production: number
    staging: number
  }

  /** The model asks to scale, and the turn awaits approval. */
  async function ask(app: App): Promise<Card> {
    const [staging, production] = [await replicas('staging'), await replicas('production')]
    const wanted = staging === 2 ? 1 : 2
    const [name, args] = OWN_WRITES.scale(clusters.namespace, 'web', wanted)
    const id = `conversation-${++count}`
    replay.onRequest(() => answer.toolCall(name, args))
    const { approvals: pending = [] } = await postChat(app.url, 'question', { id })
    expect(pending).toMatchObject([{ cluster: 'staging', identity: { uid: expect.any(String) } }])
    return { id, pending, wanted, staging, production }
  }

  /** @returns the answer's text about the call */
  async function approve(app: App, { id, pending }: Card): Promise<string> {
    replay.onRequest(() => answer.text('Done.'))
    const approvals = pending.map((each) => answerTo(each, { approved: true }))
    const { toolCalls, approvals: next } = await postChat(app.url, 'question', { id, approvals })
    return JSON.stringify({ toolCalls, next })
  }

  async function expectDone({ wanted, production }: Card): Promise<void> {
    expect([await replicas('staging'), await replicas('production')]).toEqual([wanted, production])
  }
  async function expectNothing({ staging, production }: Card): Promise<void> {
    expect([await replicas('staging'), await replicas('production')]).toEqual([staging, production])
  }

  /** Another user with write access. */
  async function otherToken(): Promise<string> {
    const kubectl = (...args: string[]) => clusters.kubectl('staging', '-n', clusters.namespace, ...args)
    const account = `--serviceaccount=${clusters.namespace}:other`
    await kubectl('create', 'serviceaccount', 'other')
    await kubectl('create', 'rolebinding', 'other', '--clusterrole=edit', account)
    // It may also identify the cluster.
    await kubectl('create', 'clusterrolebinding', clusters.namespace, '--clusterrole=view', account)
    return await kubectl('create', 'token', 'other')
  }

  it('changes the cluster of the card after use-context (cluster-2)', async () => {
    const app = await start()
    const card = await ask(app)
    await clusters.write('production')
    await approve(app, card)
    await expectDone(card)
  })

  it('changes nothing if the context names the other API server', async () => {
    const app = await start()
    const card = await ask(app)
    const [ours, theirs] = [testKubeconfig, secondKubeconfig].map((path) => readKubeconfig([path ?? '']).server)
    const moved = readFileSync(clusters.kubeconfig, 'utf8').replaceAll(ours ?? '', theirs ?? '')
    writeFileSync(clusters.kubeconfig, moved)
    await approve(app, card)
    await expectNothing(card)
  })

  it('changes nothing as another user, and changes it as the first one again', async () => {
    const app = await start()
    const card = await ask(app)
    await clusters.write('staging', await otherToken())
    expect(await approve(app, card)).toContain('cluster-changed')
    await expectNothing(card)
    await clusters.write('staging')
    const again = await ask(app)
    await approve(app, again)
    await expectDone(again)
  })

  describe.skipIf(!hasRedis)('and replicas that claim in one Redis', () => {
    let redis: Program
    let shared: Env

    beforeAll(async () => {
      const port = await freePort()
      redis = startProgram('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {})
      await redis.until('listening', () => listens(port))
      shared = { REDIS_URL: `redis://127.0.0.1:${port}`, APPROVAL_KEY: 'a-key-for-the-replicas-of-this-test' }
    })
    afterAll(() => redis?.stop())

    it('runs an approval on another replica, once', async () => {
      const [first, second] = [await start(shared), await start(shared)]
      const card = await ask(first)
      await approve(second, card)
      await expectDone(card)
      expect(await approve(first, card)).toContain('expired')
      await expectDone(card)
    })

    it('runs no approval after it was started again on the other cluster', async () => {
      const first = await start(shared)
      const card = await ask(first)
      await first.stop()
      await clusters.write('production')
      const answered = await approve(await start(shared), card)
      expect(answered).not.toContain('"status":"ok"')
      await expectNothing(card)
    })

    it('runs no approval on a replica of the other cluster', async () => {
      const first = await start({ ...shared, KUBE_CONTEXT: 'staging' })
      const second = await start({ ...shared, KUBE_CONTEXT: 'production' })
      const card = await ask(first)
      await approve(second, card)
      await expectNothing(card)
    })
  })
})
