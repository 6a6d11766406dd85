import { describe, expect, it } from 'vitest'
import { takeSnapshot } from '@k8s-ai-assistant/demo-cluster/snapshot'
import { START, startTestCluster } from './client'

const HOUR = 3_600_000
const at = (hours: number, startedAt = START) => takeSnapshot({ startedAt, now: startedAt + hours * HOUR })
const restarts = (hours: number) =>
  at(hours)
    .pods.filter(({ metadata }) => metadata.labels?.app === 'cart')
    .map(({ status }) => status.containerStatuses?.[0]?.restartCount ?? 0)

describe('the story', () => {
  it('has the workloads that the demo tells of', () => {
    const { pods, nodes, namespaces, jobs, statefulSets, daemonSets } = at(0)
    expect(pods.length).toBeGreaterThanOrEqual(20)
    expect([nodes.length, namespaces.length]).toEqual([3, 6])
    expect([jobs.length, statefulSets.length, daemonSets.length]).toEqual([1, 1, 2])
  })

  it('explains each broken pod by a warning', () => {
    const { pods, events } = at(0)
    const broken = pods.filter(
      ({ status }) => !status.conditions.some((each) => each.type === 'Ready' && each.status === 'True'),
    )
    const reasons = broken
      .filter(({ status }) => status.phase !== 'Succeeded')
      .map(({ metadata: { name, labels } }) => {
        const warnings = events.filter((each) => each.involvedObject.name === name && each.type === 'Warning')
        return `${labels?.app}: ${[...new Set(warnings.map((each) => each.reason))].join(' ')}`
      })
    expect(new Set(reasons)).toEqual(new Set(['cart: BackOff', 'api: Failed', 'reports: FailedScheduling']))
  })

  it('names the address in the log that the Service without endpoints has', () => {
    const { services, endpoints } = at(0)
    const redis = services.find(({ metadata }) => metadata.namespace === 'shop' && metadata.name === 'redis')
    expect(redis?.spec.clusterIP).toBe('10.96.249.222')
    const empty = endpoints.filter(({ subsets }) => !subsets).map(({ metadata }) => metadata.name)
    expect(empty).toEqual(['redis'])
  })

  it('gives every Secret a value that says it is a demo’s', () => {
    const values = at(0).secrets.flatMap(({ type, data }) => (type === 'Opaque' ? Object.values(data ?? {}) : []))
    expect(values.length).toBeGreaterThan(0)
    for (const value of values) expect(Buffer.from(value, 'base64').toString()).toContain('demo')
  })

  it('gives no two pods of a network of their own the same address', () => {
    const addresses = at(0).pods.flatMap(({ spec, status }) => (spec.hostNetwork ? [] : (status.podIP ?? [])))
    expect(new Set(addresses).size).toBe(addresses.length)
  })
})

describe('time', () => {
  it('changes no name and no uid from run to run', () => {
    const identity = (startedAt: number) => at(0, startedAt).pods.map(({ metadata: { name, uid } }) => `${name} ${uid}`)
    expect(identity(START)).toEqual(identity(START + 5 * 24 * HOUR))
  })

  it('lets the restarts of the crashing pods rise slowly', () => {
    expect(restarts(0)).toEqual([13, 13])
    const [first = 0] = restarts(1)
    expect(first).toBeGreaterThan(20)
    expect(first).toBeLessThan(30)
  })

  it('prints restarts with the time of the last one', async () => {
    const cluster = await startTestCluster()
    const [cart = ''] = await cluster.names('/api/v1/namespaces/shop/pods?labelSelector=app=cart')
    const row = await cluster.row('/api/v1/pods', cart.replace('shop/', ''))
    await cluster.close()
    expect(row.Restarts).toMatch(/^13 \(\d+m?\d*s ago\)$/)
  })

  it('forgets events an hour after they were last seen, and keeps those that come again', () => {
    const reasons = new Set(at(3).events.map(({ reason }) => reason))
    expect(reasons.has('Scheduled')).toBe(false)
    expect(reasons.has('BackOff')).toBe(true)
    for (const { lastTimestamp } of at(3).events) {
      expect(Date.parse(lastTimestamp)).toBeLessThanOrEqual(START + 3 * HOUR)
      expect(Date.parse(lastTimestamp)).toBeGreaterThan(START + 2 * HOUR)
    }
  })

  it('backs off from 10 seconds to 5 minutes', async () => {
    const cluster = await startTestCluster()
    const carts = '/api/v1/namespaces/shop/pods?labelSelector=app=cart'
    const before = await cluster.names(carts)
    const [first = ''] = before
    await cluster.write('DELETE', `/api/v1/namespaces/${first.replace('/', '/pods/')}`)
    const delays: (string | undefined)[] = []
    for (const seconds of [10, 30, 60, 3600]) {
      cluster.setSeconds(seconds)
      const added = (await cluster.names(carts)).find((name) => !before.includes(name)) ?? ''
      const { status } = await cluster.get(`/api/v1/namespaces/${added.replace('/', '/pods/')}`)
      delays.push(/back-off (\S+)/.exec(JSON.stringify(status))?.[1])
    }
    await cluster.close()
    expect(delays).toEqual(['10s', '20s', '40s', '5m0s'])
  })
})
