import { describe, expect, it } from 'vitest'
import { logText } from '../../../../../shared/results/log-text'
import { CRASH_LOOP, crashed, lines, openedPodApi, pod, RUNNING, sentences } from './pod-api'

const open = openedPodApi()

describe('which container', () => {
  const web = pod('web', { 'istio-proxy': RUNNING, app: CRASH_LOOP })
  const logs = { web: { 'istio-proxy': lines(['proxy ready']), app: lines(['ERROR boom']) } }

  it('reads the one that fails, and names the other (logs-1)', async () => {
    const { read } = await open([web], logs)
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log).toMatchObject({
      text: 'ERROR boom',
      source: 'shop/web · app',
      state: 'CrashLoopBackOff',
      others: [{ name: 'istio-proxy', init: false, state: 'Running' }],
      coverage: { scope: 'object', shown: 1, total: 1, complete: true },
    })
    expect(sentences(log)).toContain('CrashLoopBackOff, 5 restarts')
  })

  it('reads the one that was named (logs-2)', async () => {
    const { read } = await open([web], logs)
    const log = await read({ resource: 'pod', name: 'web', namespace: 'shop', container: 'istio-proxy' })
    expect(log).toMatchObject({ text: 'proxy ready', source: 'shop/web · istio-proxy' })
  })

  it('names the containers if there is none of that name', async () => {
    const { run } = await open([web], logs)
    await expect(run({ name: 'web', namespace: 'shop', container: 'ap' })).rejects.toMatchObject({
      code: 'missing-container',
      message: 'The pod web in shop has no container ap. It has: istio-proxy, app. Did you mean app?',
    })
  })

  it('reads the init container that the pod waits for (logs-4)', async () => {
    const starting = pod(
      'web',
      { app: { waiting: { reason: 'PodInitializing' } } },
      { init: { 'wait-for-db': RUNNING }, status: { phase: 'Pending' } },
    )
    const { read } = await open([starting], { web: { 'wait-for-db': lines(['connection refused']) } })
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log).toMatchObject({ text: 'connection refused', container: 'wait-for-db', state: 'Init:0/1' })
    expect(await read({ name: 'web', namespace: 'shop', container: 'app' })).toMatchObject({
      text: '',
      coverage: { notes: [{ code: 'pod-initializing' }] },
    })
  })

  it('reads the default container of a healthy pod, or the first that is not a sidecar', async () => {
    const healthy = { 'istio-proxy': RUNNING, api: RUNNING, worker: RUNNING }
    const annotations = { 'kubectl.kubernetes.io/default-container': 'worker' }
    const all = { 'istio-proxy': lines(['p']), api: lines(['a']), worker: lines(['w']) }
    const { read } = await open([pod('one', healthy), pod('two', healthy, { metadata: { annotations } })], {
      one: all,
      two: all,
    })
    expect((await read({ name: 'one', namespace: 'shop' })).container).toBe('api')
    expect((await read({ name: 'two', namespace: 'shop' })).container).toBe('worker')
  })

  it('reads a container that was killed for memory before one that runs well', async () => {
    const killed = { restartCount: 3, ready: true, state: RUNNING, lastState: crashed(137, 'OOMKilled') }
    const log = lines(['loading model'])
    const { read } = await open([pod('web', { api: RUNNING, model: killed })], {
      web: { model: log, 'model/previous': log },
    })
    const result = await read({ name: 'web', namespace: 'shop' })
    expect(result.container).toBe('model')
    expect(sentences(result)).toContain('3 restarts; the run before ended at 2026-11-29 14:58:00 UTC: OOMKilled')
  })
})

describe('which run', () => {
  const panic = lines(['starting', 'panic: no such table: users'])
  const restarted = { restartCount: 2, ready: true, state: RUNNING, lastState: crashed(2) }

  it('reads the previous run if the current one has logged nothing (logs-3)', async () => {
    const { read } = await open([pod('web', { app: CRASH_LOOP })], { web: { app: [], 'app/previous': panic } })
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log).toMatchObject({ text: 'starting\npanic: no such table: users', previous: true })
    expect(log.source).toBe('shop/web · app (previous run)')
    expect(logText(log)).toContain('previous run.\nThe current run has logged nothing; this is the run before it.')
  })

  it('adds the previous run after a restart if the current one shows no cause', async () => {
    const { read } = await open([pod('web', { app: restarted })], {
      web: { app: lines(['listening']), 'app/previous': panic },
    })
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log.previous).toBeUndefined()
    expect(log.text.split('\n')).toEqual([
      '=== previous run, ended 2026-11-29 14:58:00 UTC: Error (exit code 2) ===',
      'starting',
      'panic: no such table: users',
      '=== current run, started 2026-11-29 13:00:00 UTC ===',
      'listening',
    ])
    expect(log.coverage).toMatchObject({ shown: 3, total: 3 })
  })

  it('leaves the previous run out if the current one shows the cause', async () => {
    const { read } = await open([pod('web', { app: restarted })], {
      web: { app: lines(['ERROR no database']), 'app/previous': panic },
    })
    expect((await read({ name: 'web', namespace: 'shop' })).text).toBe('ERROR no database')
  })

  it('reports that there is no previous run, and reads the current one', async () => {
    const { read } = await open([pod('web', { app: RUNNING })], { web: { app: lines(['listening']) } })
    const log = await read({ name: 'web', namespace: 'shop', previous: true })
    expect(log.text).toBe('listening')
    expect(log.previous).toBeUndefined()
    expect(sentences(log)).toContain('There is no previous run: app has not restarted in this pod.')
  })

  it('reads the previous run for a time before the current one', async () => {
    const state = { running: { startedAt: '2026-11-29T14:50:00Z' } }
    const { read } = await open([pod('web', { app: { ...restarted, state } })], {
      web: { app: lines(['listening'], '2026-11-29T14:50:00Z'), 'app/previous': panic },
    })
    const log = await read({ name: 'web', namespace: 'shop', around: '14:01' })
    expect(log).toMatchObject({ previous: true, coverage: { shown: 2 } })
  })
})

describe('a time close to a restart', () => {
  it('is read in both runs', async () => {
    const state = { running: { startedAt: '2026-11-29T14:02:00Z' } }
    const app = { restartCount: 1, ready: true, state, lastState: crashed(1, 'Error', '2026-11-29T14:01:59Z') }
    const { read } = await open([pod('web', { app })], {
      web: {
        app: lines(['INFO up'], '2026-11-29T14:02:01Z'),
        'app/previous': lines(['INFO down'], '2026-11-29T14:01:58Z'),
      },
    })
    const log = await read({ name: 'web', namespace: 'shop', around: '14:02' })
    expect(log.text.split('\n').filter((line) => !line.startsWith('==='))).toEqual([
      '14:01:58Z INFO down',
      '14:02:01Z INFO up',
    ])
  })
})

describe('nothing to read (logs-5)', () => {
  it('gives the reason of an eviction', async () => {
    const message = 'The node was low on resource: memory.'
    const evicted = pod(
      'web',
      {},
      { spec: { containers: [{ name: 'app' }] }, status: { phase: 'Failed', reason: 'Evicted', message } },
    )
    const { read } = await open([evicted], {})
    expect(sentences(await read({ name: 'web', namespace: 'shop' }))).toBe(
      'The pod has ended (Evicted), and there is no log. The node was low on resource: memory.',
    )
  })

  it('gives the reason of the scheduler', async () => {
    const conditions = [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/5 nodes are available' },
    ]
    const pending = pod(
      'web',
      {},
      { spec: { nodeName: undefined, containers: [{ name: 'app' }] }, status: { phase: 'Pending', conditions } },
    )
    const { read, logRequests } = await open([pending], {})
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log).toMatchObject({ text: '', state: 'Pending', coverage: { shown: 0 } })
    expect(sentences(log)).toBe(
      'The pod has not been scheduled yet, so there is no log. The scheduler: 0/5 nodes are available.',
    )
    expect(logRequests()).toEqual([])
  })

  it('gives the image that cannot be pulled', async () => {
    const pulling = pod(
      'web',
      { app: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } },
      { status: { phase: 'Pending' } },
    )
    const { read } = await open([pulling], {})
    expect(sentences(await read({ name: 'web', namespace: 'shop' }))).toBe(
      'The container app has not started: ImagePullBackOff, image app:1. not found.',
    )
  })

  it('names pods of the same owner if the pod is gone', async () => {
    const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-75c7fd6968', controller: true }]
    const metadata = { ownerReferences, labels: { 'pod-template-hash': '75c7fd6968' } }
    const { run } = await open(
      [pod('web-75c7fd6968-aaaaa', { app: RUNNING }, { metadata }), pod('other', { app: RUNNING })],
      {},
    )
    await expect(run({ name: 'web-6d5f4c8b7-zzzzz', namespace: 'shop' })).rejects.toMatchObject({
      code: 'not-found',
      message:
        'There is no pod web-6d5f4c8b7-zzzzz in shop; its log is gone with it. Pods of the same owner: web-75c7fd6968-aaaaa (Running).',
    })
  })

  it('says that the container has logged nothing', async () => {
    const { read } = await open([pod('web', { app: RUNNING })], { web: { app: [] } })
    expect(sentences(await read({ name: 'web', namespace: 'shop' }))).toBe('The container app has logged nothing.')
  })

  it("never passes the kubelet's own words on", async () => {
    const gone = lines(['unable to retrieve container logs for containerd://abc'])
    const { read } = await open([pod('web', { app: RUNNING })], { web: { app: gone } })
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log.text).toBe('')
    expect(sentences(log)).toBe('The node no longer has the log of this run.')
  })

  it('turns a refusal of the node into a sentence', async () => {
    const words = 'container "app" in pod "web" is waiting to start: ContainerCreating'
    const { run } = await open([pod('web', { app: RUNNING })], { web: { app: words } })
    const error = await run({ name: 'web', namespace: 'shop' }).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'not-available', raw: words })
    expect(String(error)).not.toContain('waiting to start')
  })
})
