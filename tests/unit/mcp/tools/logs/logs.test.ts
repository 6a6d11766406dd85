import { afterEach, describe, expect, it } from 'vitest'
import { logText } from '../../../../../shared/results/log-text'
import { estimateTokens } from '../../../../../shared/results/tokens'
import { kubectlLogs } from '../../../../../mcp/tools/logs'
import { crashed, CRASH_LOOP, lines, pod, podApi, RUNNING } from './pod-api'
import type { PodApi } from './pod-api'

let opened: PodApi | undefined
afterEach(async () => {
  await opened?.api.close()
  opened = undefined
})
async function open(...args: Parameters<typeof podApi>): Promise<PodApi> {
  opened = await podApi(...args)
  return opened
}
const sentences = (result: { coverage?: { notes: { text: string }[] } | undefined }) =>
  result.coverage?.notes.map(({ text }) => text).join('\n') ?? ''

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

describe('which pod', () => {
  const owned = (name: string, state: object, created: string) =>
    pod(
      name,
      { app: state },
      {
        metadata: {
          creationTimestamp: created,
          ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-75c7fd6968', controller: true }],
        },
      },
    )
  const deployments = [
    { metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'web' } } } },
    { metadata: { name: 'idle', namespace: 'shop' }, spec: { selector: { matchLabels: { app: 'idle' } } } },
  ]
  const pods = [
    owned('web-1', RUNNING, '2026-11-29T10:00:00Z'),
    owned('web-2', CRASH_LOOP, '2026-11-29T09:00:00Z'),
    owned('web-3', RUNNING, '2026-11-29T11:00:00Z'),
  ]
  const logs = { 'web-2': { app: lines(['ERROR boom']) } }

  it.each([
    { name: 'deploy/web' },
    { resource: 'deployments', name: 'web' },
    { resource: 'deploy/web' },
    { name: 'web' },
    { resource: 'web' },
  ])('finds the failing pod of a workload: %j', async (args) => {
    const { read } = await open(pods, logs, { deployments })
    const log = await read({ ...args, namespace: 'shop' })
    expect(log.pod).toBe('web-2')
    expect(sentences(log)).toContain(
      'Deployment web has 3 pods; this one: web-2 (CrashLoopBackOff). Others: web-3 (Running), web-1 (Running).',
    )
  })

  it('finds the pods of a Service', async () => {
    const services = [{ metadata: { name: 'web', namespace: 'shop' }, spec: { selector: { app: 'web' } } }]
    const { read } = await open(pods, logs, { services })
    expect((await read({ name: 'svc/web', namespace: 'shop' })).pod).toBe('web-2')
  })

  it('answers for a workload without pods', async () => {
    const { run } = await open(pods, logs, { deployments })
    expect(await run({ name: 'deploy/idle', namespace: 'shop' })).toMatchObject({
      kind: 'text',
      code: 'no-pods',
      text: 'Deployment idle has no pods.',
    })
  })

  it('explains which kinds have logs', async () => {
    const { run } = await open(pods, logs, { configmaps: [{ metadata: { name: 'web', namespace: 'shop' } }] })
    await expect(run({ name: 'cm/web', namespace: 'shop' })).rejects.toMatchObject({ code: 'invalid-arguments' })
    await expect(run({})).rejects.toMatchObject({ message: 'Name a pod or a workload, for example deploy/web.' })
  })
})

describe('how much is read', () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => `INFO request ${at + 1} done`)
  const web = pod('web', { app: RUNNING })

  it('reads the last lines of a long log and says that older ones exist (large-6)', async () => {
    const { read, logRequests } = await open([web], { web: { app: lines(many(20_000), '2026-11-29T14:00:00Z', 10) } })
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log.coverage).toMatchObject({ shown: 200, complete: false })
    expect(log.coverage?.total).toBeUndefined()
    expect(log.text.split('\n').at(-1)).toBe('INFO request 20000 done')
    expect(logText(log, { maxTokens: 600 })).toMatch(
      /The last 200 lines, from .* UTC; older lines exist and were not read\./,
    )
    expect(logRequests()[0]?.get('tailLines')).toBe('201')
  })

  it('says that all is read if it is', async () => {
    const { read } = await open([web], { web: { app: lines(many(200)) } })
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log.coverage).toMatchObject({ shown: 200, total: 200, complete: true })
    expect(sentences(log)).toBe('All 200 lines, from 2026-11-29 14:00:00 to 14:03:19 UTC.')
  })

  it('reads as many lines as were asked for', async () => {
    const { read } = await open([web], { web: { app: lines(many(50)) } })
    expect((await read({ name: 'web', namespace: 'shop', limit: 3 })).text).toBe(many(50).slice(-3).join('\n'))
  })

  it('finds an error far back in 200,000 lines, and says how much was searched (logs-8)', async () => {
    const texts = many(200_000)
    texts[39_999] = 'tls: failed to verify: x509: certificate has expired'
    const { read } = await open([web], { web: { app: lines(texts, '2026-11-29T12:00:00Z', 50) } })
    for (const search of ['certificate has expired', 'Certificate error', 'expired|revoked']) {
      const log = await read({ name: 'web', namespace: 'shop', search })
      expect(log.text).toContain('certificate has expired')
      expect(log.coverage).toMatchObject({ total: 200_000, complete: true })
      const text = logText(log, { maxTokens: 600 })
      expect(text).toContain('Searched all 200,000 lines that the node keeps')
      expect(text).toContain('is in 1 line (line 40,000)')
      expect(text).toContain('certificate has expired')
      expect(estimateTokens(text)).toBeLessThan(300)
    }
  })

  it('says that nothing was found, in how much', async () => {
    const { read } = await open([web], { web: { app: lines(many(1_000)) } })
    const log = await read({ name: 'web', namespace: 'shop', search: 'x509' })
    expect(log.text).toBe('')
    expect(logText(log)).toContain('Searched all 1,000 lines')
    expect(logText(log)).toContain('No line contains "x509".')
  })

  it('searches the previous run as well if the current one has no match', async () => {
    const app = { restartCount: 1, state: RUNNING, lastState: crashed() }
    const { read } = await open([pod('web', { app })], {
      web: { app: lines(many(5)), 'app/previous': lines(['x509: unknown authority']) },
    })
    const log = await read({ name: 'web', namespace: 'shop', search: 'x509' })
    expect(log.text).toContain('=== previous run')
    expect(log.text).toContain('x509: unknown authority')
  })

  it('reports a log that breaks off (broken stream)', async () => {
    const { read } = await open([web], {
      web: {
        app: (response) => {
          response.writeHead(200, { 'content-length': '100000' })
          response.write('2026-11-29T14:00:00Z one\n2026-11-29T14:00:01Z two\n', () => response.destroy())
        },
      },
    })
    const log = await read({ name: 'web', namespace: 'shop' })
    expect(log.text).toBe('one\ntwo')
    expect(log.coverage?.complete).toBe(false)
    expect(sentences(log)).not.toContain('All ')
    expect(sentences(log)).toContain('The log broke off after 2 lines: the connection ended early.')
  })

  it('stops at once if the caller stops', async () => {
    const stop = new AbortController()
    const { run } = await open([web], {
      web: {
        app: (response) => {
          response.write('2026-11-29T14:00:00Z one\n', () => stop.abort(new Error('stopped')))
        },
      },
    })
    await expect(run({ name: 'web', namespace: 'shop' }, stop.signal)).rejects.toThrow('stopped')
  })
})

describe('times (logs-9)', () => {
  const web = pod('web', { app: RUNNING })
  // The container's clock is in Hanoi, but its lines do not name the zone.
  const hanoi = lines(
    Array.from({ length: 600 }, (_, at) => `request ${at}`),
    '2026-11-29T14:00:00Z',
  ).map(({ time, text }) => ({
    time,
    text: `${new Date(Date.parse(time) + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')} ${text}`,
  }))

  it('reads around a time, and names its zone and that of the log', async () => {
    const { read } = await open([web], { web: { app: hanoi } })
    const log = await read({ name: 'web', namespace: 'shop', around: '14:02', limit: 10 })
    expect(log.text.split('\n')[4]).toBe('2026-11-29 21:01:59 request 119')
    expect(log.text.split('\n')[5]).toBe('2026-11-29 21:02:00 request 120')
    expect(sentences(log)).toContain('The time was read as UTC: 2026-11-29 14:02:00 UTC.')
    expect(sentences(log)).toContain('The clock in the lines is UTC+07:00.')
  })

  it('reads a time with its zone', async () => {
    const { read } = await open([web], { web: { app: hanoi } })
    const log = await read({ name: 'web', namespace: 'shop', around: '21:02+07:00', limit: 2 })
    expect(log.text).toContain('request 120')
    expect(sentences(log)).not.toContain('read as UTC')
  })

  it("puts the node's time in front of lines that have none", async () => {
    const { read } = await open([web], { web: { app: lines(['one', 'two']) } })
    expect((await read({ name: 'web', namespace: 'shop', since: '2h' })).text).toBe('14:00:00Z one\n14:00:01Z two')
    expect((await read({ name: 'web', namespace: 'shop' })).text).toBe('one\ntwo')
  })

  it('says when the last line was if there is none in that time', async () => {
    const { read } = await open([web], { web: { app: lines(['one', 'two']) } })
    expect(sentences(await read({ name: 'web', namespace: 'shop', since: '10m' }))).toBe(
      'No line since 2026-11-29 14:50:00 UTC. The last line is of 2026-11-29 14:00:01 UTC.',
    )
    expect(sentences(await read({ name: 'web', namespace: 'shop', around: '2026-11-29T13:00:00Z' }))).toBe(
      'No line from 2026-11-29 12:55:00 to 13:05:00 UTC. The next line is of 2026-11-29 14:00:00 UTC.',
    )
  })

  it('refuses an invalid time before it calls the cluster', async () => {
    const { run, api } = await open([web], {})
    await expect(run({ name: 'web', since: 'yesterday' })).rejects.toMatchObject({ code: 'invalid-arguments' })
    expect(api.requests).toEqual([])
  })
})

it('costs the model few tokens as a schema', () => {
  const { name, description, properties } = kubectlLogs
  expect(estimateTokens(JSON.stringify({ name, description, properties }))).toBeLessThan(130)
})
