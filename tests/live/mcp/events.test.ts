/** kubectl_events on a real API server, which converts events between its two forms. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCluster, type OpenCluster } from '../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../mcp/kubernetes/connection/operator-credentials'
import { kubectlEvents } from '../../../mcp/tools/events'
import type { ToolArguments } from '../../../mcp/tools/tool'
import { hasKubectl, testKubeconfig } from '../../support/app'
import { openKubeApi, type KubeApi } from '../../support/kube/kube-api'
import { startLiveCluster, type LiveCluster } from '../../support/cluster/live-cluster'

/** Enough to truncate a list by name alone. */
const OTHERS = 2000
const SECOND = 1000
const MINUTE = 60 * SECOND

function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

describe.skipIf(!testKubeconfig || !hasKubectl())('kubectl_events on a real API server', () => {
  let live: LiveCluster
  let cluster: OpenCluster
  let api: KubeApi
  let pod: { name: string; uid: string }

  async function run(args: ToolArguments) {
    const context = { cluster, signal: AbortSignal.timeout(60_000), now: Date.now }
    const table = await kubectlEvents.run(args, context)
    if (table.kind !== 'table') throw new Error(table.kind)
    const cells = (row: string[] | undefined) =>
      Object.fromEntries(table.columns.map((column, at) => [column, row?.[at]]))
    return { ...table, records: table.rows.map(cells) }
  }

  function event(name: string, object: object, fields: object) {
    const { namespace } = live
    const involvedObject = { apiVersion: 'v1', namespace, ...object }
    const times = { firstTimestamp: ago(5 * MINUTE), lastTimestamp: ago(MINUTE), count: 3 }
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      type: 'Warning',
      involvedObject,
      ...times,
      ...fields,
    }
  }

  beforeAll(async () => {
    live = await startLiveCluster(testKubeconfig ?? '')
    api = await openKubeApi(live.kubeconfig)
    cluster = openCluster({
      credentials: operatorCredentials({ paths: [live.kubeconfig] }),
      rules: { deniedKinds: new Set(), deniedNamespaces: new Set() },
    })
    const { namespace } = live
    const output = await live.kubectl(
      'get',
      'pods',
      '-n',
      namespace,
      '-l',
      'app=web',
      '-o',
      'jsonpath={.items[0].metadata.name} {.items[0].metadata.uid}',
    )
    const [name = '', uid = ''] = output.split(' ')
    pod = { name, uid }
    const path = `/api/v1/namespaces/${namespace}/events`
    const own = { kind: 'Pod', name, uid }
    const mount = 'MountVolume.SetUp failed for volume "tls": secret "web-tls" not found'
    await api.send(
      'POST',
      path,
      event('mount', own, {
        reason: 'FailedMount',
        message: mount,
        count: 27,
        lastTimestamp: ago(57 * MINUTE),
        firstTimestamp: ago(59 * MINUTE),
      }),
    )
    await api.send(
      'POST',
      path,
      event('earlier', { ...own, uid: 'a-former-uid' }, { reason: 'Killing', message: 'an earlier pod' }),
    )
    await api.send(
      'POST',
      path,
      event(
        'deployment',
        { apiVersion: 'apps/v1', kind: 'Deployment', name },
        { reason: 'Namesake', message: 'a Deployment' },
      ),
    )
    await api.send('POST', `/apis/events.k8s.io/v1/namespaces/${namespace}/events`, {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata: { name: 'series', namespace },
      eventTime: ago(50 * MINUTE).replace('Z', '.000000Z'),
      series: { count: 88, lastObservedTime: ago(20 * SECOND).replace('Z', '.000000Z') },
      ...{
        reportingController: 'test',
        reportingInstance: 'test-1',
        action: 'Testing',
        type: 'Warning',
        reason: 'InSeries',
      },
      regarding: { apiVersion: 'v1', kind: 'Pod', namespace, name, uid },
      note: 'observed again and again',
    })
    const others = Array.from({ length: OTHERS }, (_, index) =>
      event(
        `other-${index}`,
        { kind: 'Pod', name: `api-${index % 900}` },
        { reason: 'BackOff', message: 'Back-off restarting' },
      ),
    )
    await Promise.all(others.map((other) => api.send('POST', path, other)))
  })
  afterAll(async () => {
    await cluster?.close()
    await api?.close()
    await live?.remove()
  })

  it('finds the events of one pod among thousands of others (events-1)', async () => {
    const { records, coverage } = await run({ resource: 'pod', name: pod.name, namespace: live.namespace })
    expect(records.find(({ REASON }) => REASON === 'FailedMount')).toMatchObject({
      'LAST SEEN': '57m',
      COUNT: '27',
      TYPE: 'Warning',
    })
    expect(records.every(({ OBJECT }) => OBJECT === `pod/${pod.name}`)).toBe(true)
    expect(coverage.total).toBe(records.length)
  })

  it('reads an event in a series (events-2)', async () => {
    const { records } = await run({ name: pod.name, resource: 'pods' })
    const series = records.find(({ REASON }) => REASON === 'InSeries')
    expect(series).toMatchObject({ COUNT: '88', 'FIRST SEEN': '50m', MESSAGE: 'observed again and again' })
    expect(series?.['LAST SEEN']).toMatch(/^\d\ds$/)
  })

  it('groups the events of one object and reason, newest first (events-4)', async () => {
    const { records, counts } = await run({
      resource: 'pod',
      namespace: live.namespace,
      fieldSelector: 'reason=BackOff',
    })
    expect(records.filter(({ OBJECT }) => OBJECT === 'pod/api-0')).toMatchObject([{ COUNT: '9' }])
    expect(counts?.[0]?.values[0]?.[1]).toBe(records.length)
  })

  it('leaves out namesakes: a Deployment, and an earlier pod (events-5)', async () => {
    const { records, coverage } = await run({ resource: 'pod', name: pod.name, namespace: live.namespace })
    const reasons = records.map(({ REASON }) => REASON)
    expect(reasons).not.toContain('Namesake')
    expect(reasons).not.toContain('Killing')
    expect(coverage.notes).toMatchObject([{ code: 'events-of-earlier-object' }])
  })

  it('says how long events are kept if an object has none (events-6)', async () => {
    const { rows, coverage } = await run({ resource: 'secret', name: 'gateway', namespace: live.namespace })
    expect(rows).toEqual([])
    expect(coverage.notes.map(({ text }) => text)).toEqual([
      'No events in the last hour; older ones are deleted by the cluster',
    ])
  })
})
