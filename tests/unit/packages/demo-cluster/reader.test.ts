/** What our own MCP program reads, by its own client. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { decodeRelease } from '../../../../mcp/helm/release'
import { openCluster, type OpenCluster } from '../../../../mcp/kubernetes/cluster'
import { operatorCredentials } from '../../../../mcp/kubernetes/connection/operator-credentials'
import { startTestCluster, type TestCluster } from './client'

const signal = AbortSignal.timeout(20_000)
let demo: TestCluster
let cluster: OpenCluster
beforeAll(async () => {
  demo = await startTestCluster()
  const credentials = operatorCredentials({ paths: [demo.kubeconfigPath] })
  cluster = openCluster({ credentials, rules: { deniedKinds: new Set(), deniedNamespaces: new Set() } })
})
afterAll(async () => {
  await cluster.close()
  await demo.close()
})

const usageSchema = z.object({ cpu: z.string().regex(/^\d+n$/), memory: z.string().regex(/^\d+Ki$/) })
const metadata = z.looseObject({ name: z.string() })

describe('our own client', () => {
  it('sees which cluster it is, and as whom', async () => {
    const { server, user, uid, version } = await cluster.identity(signal)
    expect({ server, user, version }).toEqual({ server: demo.url, user: 'demo', version: 'v1.33.1+demo' })
    expect(uid).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('finds kinds by plain discovery, the pods of the core group before their metrics', async () => {
    const { resource, alsoIn } = await cluster.discovery.find('po', signal)
    expect(resource).toMatchObject({ group: '', kind: 'Pod', plural: 'pods', namespaced: true })
    expect(alsoIn).toEqual([])
    expect((await cluster.discovery.find('deployments.apps', signal)).resource.kind).toBe('Deployment')
    expect(await cluster.discovery.unreachable(signal)).toEqual([])
  })
})

describe('metrics', () => {
  const podMetrics = z.object({
    items: z.array(z.object({ metadata, containers: z.array(z.object({ name: z.string(), usage: usageSchema })) })),
  })

  it('are there for pods that run, below what they ask for', async () => {
    const path = '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods'
    const { items } = await cluster.client.get(path, { schema: podMetrics, signal })
    expect(items.map((each) => each.metadata.name.split('-')[0]).sort()).toEqual(['redis', 'web', 'web', 'web'])
    for (const { containers } of items) {
      expect(Number(containers[0]?.usage.cpu.slice(0, -1))).toBeLessThan(100_000_000)
      expect(Number(containers[0]?.usage.memory.slice(0, -2))).toBeGreaterThan(10_000)
    }
  })

  it('can be selected by label and read one by one', async () => {
    const path = '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods'
    const query = { labelSelector: 'app=redis' }
    const { items } = await cluster.client.get(path, { query, schema: podMetrics, signal })
    expect(items).toHaveLength(1)
    const one = z.object({ kind: z.literal('PodMetrics'), metadata })
    const name = items[0]?.metadata.name ?? ''
    expect(await cluster.client.get(`${path}/${name}`, { schema: one, signal })).toMatchObject({ metadata: { name } })
  })

  it('are there for every node', async () => {
    const schema = z.object({ items: z.array(z.object({ metadata, usage: usageSchema })) })
    const { items } = await cluster.client.get('/apis/metrics.k8s.io/v1beta1/nodes', { schema, signal })
    expect(items).toHaveLength(3)
  })
})

it('keeps a revision of each StatefulSet and DaemonSet', async () => {
  const owner = z.object({ kind: z.string(), name: z.string() })
  const item = z.object({ metadata: z.object({ ownerReferences: z.array(owner) }), revision: z.number() })
  const schema = z.object({ items: z.array(item) })
  const { items } = await cluster.client.get('/apis/apps/v1/controllerrevisions', { schema, signal })
  expect(items.map((each) => `${each.metadata.ownerReferences[0]?.name} ${each.revision}`).sort()).toEqual([
    'kube-proxy 1',
    'ledger 1',
    'node-exporter 1',
  ])
})

describe('the Helm release', () => {
  const path = '/api/v1/namespaces/monitoring/secrets'

  it('has a Secret for each revision, with the labels of Helm', async () => {
    const labels = z.object({ name: z.string(), status: z.string(), version: z.string() })
    const schema = z.object({ items: z.array(z.object({ metadata: z.object({ labels }) })) })
    const query = { labelSelector: 'owner=helm', fieldSelector: 'type=helm.sh/release.v1' }
    const { items } = await cluster.client.get(path, { query, schema, signal })
    expect(items.map((each) => each.metadata.labels)).toEqual([
      expect.objectContaining({ name: 'prometheus', status: 'superseded', version: '1' }),
      expect.objectContaining({ name: 'prometheus', status: 'deployed', version: '2' }),
    ])
  })

  it('is stored as Helm stores it', async () => {
    const schema = z.object({ data: z.object({ release: z.string() }) })
    const { data } = await cluster.client.get(`${path}/sh.helm.release.v1.prometheus.v2`, { schema, signal })
    expect(await decodeRelease(data.release, 'secrets')).toMatchObject({
      name: 'prometheus',
      version: 2,
      info: { status: 'deployed', description: 'Upgrade complete' },
      chart: { metadata: { name: 'prometheus', version: '27.13.0' } },
    })
  })
})
