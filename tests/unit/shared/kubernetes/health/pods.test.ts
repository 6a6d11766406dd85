import { describe, expect, it } from 'vitest'
import type { KubeObject } from '../../../../../shared/kubernetes/object'
import { objectHealth, rowHealth, tableHealth } from '../../../../../shared/kubernetes/health'
import { NOW, row } from './fixtures'

const POD = { group: '', kind: 'Pod' }
const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString()

const health = (name: string, change: Record<string, string> = {}) => {
  const { columns, cells } = row('pods.txt', name)
  const changed = cells.map((cell, index) => change[columns[index] ?? ''] ?? cell)
  return rowHealth(columns, changed, { kind: 'Pod', now: NOW })
}

describe('rows of pods', () => {
  it.each([
    ['health-1', 'web-ok', 'ok'],
    ['health-2', 'web-old-restarts', 'ok'],
    ['health-3', 'web-fresh-restarts', 'bad'],
    ['health-4', 'web-half', 'bad'],
    ['health-5', 'web-starting', 'waiting'],
    ['health-6', 'crash', 'bad'],
    ['health-7', 'init-error', 'bad'],
    ['health-7', 'init-crash', 'bad'],
    ['health-8', 'init-running', 'waiting'],
    ['health-9', 'config-error', 'bad'],
    ['health-9', 'pull', 'bad'],
    ['health-10', 'creating', 'waiting'],
    ['health-11', 'queued', 'waiting'],
    ['health-12', 'unschedulable', 'bad'],
    ['health-13', 'done', 'ok'],
    ['health-14', 'evicted', 'bad'],
    ['health-15', 'error-reporter', 'ok'],
    ['health-15', 'failed-login-watcher', 'ok'],
    ['health-16', 'stuck', 'bad'],
    ['health-17', 'lost', 'bad'],
  ])('(%s) calls %s %s', (_, name, verdict) => {
    expect(health(name).verdict).toBe(verdict)
  })

  it('gives a reason unless the pod is ok', () => {
    expect(health('web-half').reason?.text).toBe('1 of 2 containers ready for 10m')
    expect(health('web-fresh-restarts').reason?.text).toBe('12 restarts, the last 2m1s ago')
    expect(health('unschedulable').reason?.text).toBe('Pending for 25m')
    expect(health('crash').reason?.text).toBe('CrashLoopBackOff')
    expect(health('web-ok').reason?.text).toBeUndefined()
  })

  it('calls ContainerCreating bad after 15 minutes (health-10)', () => {
    expect(health('creating', { AGE: '15m' }).verdict).toBe('bad')
  })

  it.each([
    'OOMKilled',
    'ErrImagePull',
    'InvalidImageName',
    'Init:ImagePullBackOff',
    'ExitCode:137',
    'OutOfcpu',
    'NodeLost',
  ])('calls %s bad', (status) => {
    expect(health('web-ok', { STATUS: status, READY: '0/1' }).verdict).toBe('bad')
  })

  it('calls a word that it does not know unknown', () => {
    expect(health('web-ok', { STATUS: 'Hibernated', READY: '0/1' }).verdict).toBe('unknown')
  })

  it('waits for a pod held back by a scheduling gate, however long', () => {
    expect(health('unschedulable', { STATUS: 'SchedulingGated', AGE: '3d' }).verdict).toBe('waiting')
  })

  it('judges restarts by their time', () => {
    const of = (restarts: string, age: string) => health('web-ok', { RESTARTS: restarts, AGE: age }).verdict
    expect(of('1 (3m ago)', '4m')).toBe('waiting')
    expect(of('1 (30m ago)', '40m')).toBe('ok')
    // Ends every quarter of an hour, and is up most of the time.
    expect(of('40 (12m ago)', '10h')).toBe('bad')
    // Restarted while it came up, and has been well since.
    expect(of('3 (55m ago)', '60m')).toBe('ok')
    expect(of('12 (3d ago)', '90d')).toBe('ok')
  })

  it('names the finalizer of a pod that does not go (health-16)', () => {
    const { columns, cells } = row('pods.txt', 'stuck')
    const stuck = { name: 'stuck', namespace: 'apps', deletionTimestamp: ago(7200), finalizers: ['example.com/keep'] }
    const going = { name: 'going', namespace: 'apps', deletionTimestamp: ago(-10), deletionGracePeriodSeconds: 30 }
    const table = [stuck, going].map((metadata) => ({ cells, object: { metadata } }))
    expect(tableHealth({ resource: POD, columns, rows: table }, NOW)).toMatchObject({
      verdicts: ['bad', 'waiting'],
      reasons: { 0: 'Terminating for 120m, finalizer: example.com/keep', 1: 'Terminating' },
      localizedReasons: { 0: { code: 'state-finalizers', params: { names: 'example.com/keep' } } },
    })
  })
})

const pod = (status: object, spec: object = {}, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop', creationTimestamp: ago(3600), ...metadata },
  spec: { containers: [{ name: 'app' }], ...spec },
  status: { phase: 'Running', ...status },
})
const running = (name: string, fields: object = {}): object => ({
  name,
  ready: true,
  started: true,
  restartCount: 0,
  state: { running: { startedAt: ago(3000) } },
  ...fields,
})
const of = (object: KubeObject) => objectHealth(object, { now: NOW })

describe('objects of pods', () => {
  it('calls a running pod ok', () => {
    expect(of(pod({ containerStatuses: [running('app')] }))).toEqual({ verdict: 'ok', notes: [] })
  })

  it('tells why a container crashes', () => {
    const crash = {
      ready: false,
      restartCount: 8,
      state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } },
      lastState: { terminated: { reason: 'OOMKilled', exitCode: 137, finishedAt: ago(100) } },
    }
    expect(of(pod({ containerStatuses: [running('proxy'), running('app', crash)] }))).toMatchObject({
      verdict: 'bad',
      reason: { text: 'CrashLoopBackOff: container app, last run ended with OOMKilled (exit code 137)' },
    })
  })

  it('gives the message of the scheduler', () => {
    const message = '0/2 nodes are available: 2 Insufficient cpu.'
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }]
    expect(of(pod({ phase: 'Pending', conditions })).reason?.text).toBe(`Pending for 60m: ${message}`)
  })

  it('counts the time since the pod is not ready, not its age', () => {
    const conditions = [{ type: 'Ready', status: 'False', lastTransitionTime: ago(20) }]
    const status = { conditions, containerStatuses: [running('app', { ready: false })] }
    expect(of(pod(status)).verdict).toBe('waiting')
  })

  it('counts a native sidecar as a container, and a running one does not hold the pod back', () => {
    const spec = { initContainers: [{ name: 'istio-proxy', restartPolicy: 'Always' }], containers: [{ name: 'app' }] }
    const status = (proxy: object) => ({ containerStatuses: [running('app')], initContainerStatuses: [proxy] })
    expect(of(pod(status(running('istio-proxy')), spec)).verdict).toBe('ok')
    expect(of(pod(status(running('istio-proxy', { ready: false })), spec)).reason?.text).toBe(
      '1 of 2 containers ready for 60m',
    )
  })

  it('waits for an init container that runs, and names one that fails', () => {
    const spec = { initContainers: [{ name: 'migrate' }] }
    const waits = { name: 'app', ready: false, state: { waiting: { reason: 'PodInitializing' } } }
    const status = (migrate: object) => ({
      phase: 'Pending',
      initContainerStatuses: [migrate],
      containerStatuses: [waits],
    })
    const young = { creationTimestamp: ago(20) }
    expect(of(pod(status(running('migrate', { ready: false })), spec, young)).verdict).toBe('waiting')
    const failed = { name: 'migrate', state: { terminated: { exitCode: 3, reason: 'Error' } } }
    expect(of(pod(status(failed), spec, young))).toMatchObject({
      verdict: 'bad',
      reason: { text: 'Init:Error: container migrate, exit code 3' },
    })
  })

  it('calls a finished pod ok and an evicted one bad', () => {
    const done = { name: 'app', ready: false, state: { terminated: { exitCode: 0, reason: 'Completed' } } }
    expect(of(pod({ phase: 'Succeeded', containerStatuses: [done] })).verdict).toBe('ok')
    expect(of(pod({ phase: 'Failed', reason: 'Evicted', message: 'low on memory' })).reason?.text).toBe(
      'Evicted: low on memory',
    )
  })

  it.each([
    ['no status', { metadata: { name: 'x' }, apiVersion: 'v1', kind: 'Pod' }],
    [
      'texts for lists',
      { metadata: { name: 'x' }, apiVersion: 'v1', kind: 'Pod', status: { containerStatuses: 'none', conditions: 3 } },
    ],
    ['null everywhere', { metadata: { name: 'x' }, apiVersion: 'v1', kind: 'Pod', spec: null, status: null }],
  ])('does not throw on %s', (_, object) => {
    expect(() => of(object)).not.toThrow()
  })
})
