import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestCluster, TABLE, tableSchema, type TestCluster } from './client'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await startTestCluster()
})
afterAll(() => cluster.close())

/** Columns as `kubectl get` heads them, those of `-o wide` in brackets. */
async function headings(path: string): Promise<string> {
  const { columnDefinitions } = await cluster.table(path)
  return columnDefinitions.map(({ name, priority }) => (priority === 0 ? name : `[${name}]`)).join(' ')
}

describe('columns', () => {
  it.each([
    ['/api/v1/pods', 'Name Ready Status Restarts Age [IP] [Node] [Nominated Node] [Readiness Gates]'],
    [
      '/api/v1/nodes',
      'Name Status Roles Age Version [Internal-IP] [External-IP] [OS-Image] [Kernel-Version] [Container-Runtime]',
    ],
    ['/api/v1/namespaces', 'Name Status Age'],
    ['/api/v1/services', 'Name Type Cluster-IP External-IP Port(s) Age [Selector]'],
    ['/api/v1/endpoints', 'Name Endpoints Age'],
    ['/api/v1/configmaps', 'Name Data Age'],
    ['/api/v1/secrets', 'Name Type Data Age'],
    ['/api/v1/events', 'Last Seen Type Reason Object [Subobject] [Source] Message [First Seen] [Count] [Name]'],
    [
      '/apis/events.k8s.io/v1/events',
      'Last Seen Type Reason Object [Subobject] [Source] Message [First Seen] [Count] [Name]',
    ],
    ['/apis/apps/v1/deployments', 'Name Ready Up-to-date Available Age [Containers] [Images] [Selector]'],
    ['/apis/apps/v1/replicasets', 'Name Desired Current Ready Age [Containers] [Images] [Selector]'],
    ['/apis/apps/v1/statefulsets', 'Name Ready Age [Containers] [Images]'],
    [
      '/apis/apps/v1/daemonsets',
      'Name Desired Current Ready Up-to-date Available Node Selector Age [Containers] [Images] [Selector]',
    ],
    ['/apis/autoscaling/v2/horizontalpodautoscalers', 'Name Reference Targets MinPods MaxPods Replicas Age'],
    ['/api/v1/resourcequotas', 'Name Request Limit Age'],
    ['/apis/batch/v1/jobs', 'Name Status Completions Duration Age [Containers] [Images] [Selector]'],
    [
      '/apis/batch/v1/cronjobs',
      'Name Schedule Timezone Suspend Active Last Schedule Age [Containers] [Images] [Selector]',
    ],
    [
      '/api/v1/persistentvolumeclaims',
      'Name Status Volume Capacity Access Modes StorageClass VolumeAttributesClass Age [VolumeMode]',
    ],
    ['/api/v1/serviceaccounts', 'Name Secrets Age'],
    ['/apis/networking.k8s.io/v1/ingresses', 'Name Class Hosts Address Ports Age'],
  ])('%s', async (path, expected) => {
    expect(await headings(path)).toBe(expected)
  })
})

describe('rows', () => {
  it('has as many cells as columns, in every kind', async () => {
    for (const path of ['/api/v1/pods', '/api/v1/events', '/api/v1/nodes', '/apis/batch/v1/cronjobs']) {
      const { columnDefinitions, rows } = await cluster.table(path)
      expect(rows.length).toBeGreaterThan(0)
      for (const { cells } of rows) expect(cells).toHaveLength(columnDefinitions.length)
    }
  })

  it('prints each fate of a pod as kubectl does', async () => {
    const { rows } = await cluster.table('/api/v1/pods')
    const statuses = new Set(rows.map(({ cells }) => `${cells[1]} ${cells[2]}`))
    expect(statuses).toEqual(
      new Set(['1/1 Running', '0/1 CrashLoopBackOff', '0/1 ImagePullBackOff', '0/1 Pending', '0/1 Completed']),
    )
    const completed = rows.filter(({ conditions }) => conditions?.some(({ type }) => type === 'Completed'))
    expect(completed.map(({ cells }) => cells[2])).toEqual(['Completed'])
  })

  it('prints a deployment without ready pods as 0 of 2', async () => {
    expect(await cluster.row('/apis/apps/v1/namespaces/shop/deployments', 'cart')).toMatchObject({
      Ready: '0/2',
      'Up-to-date': 2,
      Available: 0,
      Age: '47m',
      Selector: 'app=cart',
    })
  })

  it('prints no endpoints if a selector matches nothing, and an empty cell if no pod is ready', async () => {
    expect(await cluster.row('/api/v1/namespaces/shop/endpoints', 'redis')).toMatchObject({ Endpoints: '<none>' })
    expect(await cluster.row('/api/v1/namespaces/shop/endpoints', 'cart')).toMatchObject({ Endpoints: '' })
    const web = await cluster.row('/api/v1/namespaces/shop/endpoints', 'web')
    expect(String(web.Endpoints).split(',')).toHaveLength(3)
  })

  it('carries the metadata, the object or nothing, as includeObject asks', async () => {
    const first = async (include: string) =>
      (await cluster.table(`/api/v1/pods?limit=1&includeObject=${include}`)).rows[0]?.object
    expect(await first('Metadata')).toMatchObject({ kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1' })
    expect(await first('Object')).toMatchObject({ kind: 'Pod', apiVersion: 'v1' })
    expect(await first('None')).toBeNull()
  })

  it('gives one object as a table of one row', async () => {
    const response = await fetch(`${cluster.url}/api/v1/nodes/demo-worker-1`, { headers: { accept: TABLE } })
    const { rows } = tableSchema.parse(await response.json())
    expect(rows.map(({ cells }) => cells.slice(0, 3))).toEqual([['demo-worker-1', 'Ready', '<none>']])
  })
})
