import { afterEach, describe, expect, it } from 'vitest'
import { kubectlTop } from '../../../../mcp/tools/top'
import type { ToolArguments } from '../../../../mcp/tools/tool'
import { discovered, discovery, startApi, status } from '../../../support/kube/api-server'
import type { ApiAnswer, ApiRequest, TestApi } from '../../../support/kube/api-server'

let api: TestApi | undefined
afterEach(async () => {
  await api?.close()
  api = undefined
})

const CORE = [
  discovered('pods', 'Pod', { shortNames: ['po'] }),
  discovered('nodes', 'Node', { scope: 'Cluster' }),
  discovered('namespaces', 'Namespace', { scope: 'Cluster' }),
]
const METRICS = {
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  resources: [discovered('pods', 'PodMetrics'), discovered('nodes', 'NodeMetrics', { scope: 'Cluster' })],
}

function metrics(namespace: string, name: string, containers: Record<string, [cpu: string, memory: string]>) {
  return {
    metadata: { name, namespace },
    containers: Object.entries(containers).map(([container, [cpu, memory]]) => ({
      name: container,
      usage: { cpu, memory },
    })),
  }
}

function pod(namespace: string, name: string, containers: Record<string, object>, phase = 'Running') {
  return {
    metadata: { name, namespace },
    spec: {
      nodeName: 'worker-1',
      containers: Object.entries(containers).map(([each, resources]) => ({ name: each, resources })),
    },
    status: { phase },
  }
}

const POD_METRICS = [
  metrics('shop', 'web-0', { app: ['250m', '128Mi'], proxy: ['1500000n', '65536Ki'] }),
  metrics('shop', 'db-0', { db: ['1', '2Gi'] }),
  metrics('apps', 'api-0', { api: ['10m', '3Gi'] }),
]
const PODS = [
  pod('shop', 'web-0', {
    app: { requests: { cpu: '500m' }, limits: { memory: '256Mi' } },
    proxy: { requests: { cpu: '0.5' } },
  }),
  pod('shop', 'db-0', { db: { limits: { cpu: '2', memory: '2Gi' } } }),
  pod('apps', 'api-0', { api: {} }),
  pod('apps', 'new-0', { app: {} }),
  pod('apps', 'done-0', { app: {} }, 'Succeeded'),
]
const NODES = [
  { metadata: { name: 'worker-1' }, status: { allocatable: { cpu: '4', memory: '8Gi' } } },
  { metadata: { name: 'worker-2' }, status: { allocatable: { cpu: '4', memory: '8Gi' } } },
]

function answer({ path, query }: ApiRequest): ApiAnswer | undefined {
  const list = (items: object[]) => ({ body: { metadata: {}, items } })
  const inNamespace = (items: { metadata: { name: string; namespace: string } }[], namespace: string | undefined) => {
    const name = query.get('fieldSelector')?.replace('metadata.name=', '')
    return items.filter(
      ({ metadata }) =>
        (namespace === undefined || metadata.namespace === namespace) && (name === undefined || metadata.name === name),
    )
  }
  if (path === '/api') return discovery([{ group: '', version: 'v1', resources: CORE }])
  if (path === '/apis') return discovery([METRICS])
  if (path === '/api/v1/nodes') return list(NODES)
  if (path === '/apis/metrics.k8s.io/v1beta1/nodes')
    return list([{ metadata: { name: 'worker-1' }, usage: { cpu: '635m', memory: '2097152Ki' } }])
  const [, root, namespace, name] =
    /^(\/api\/v1|\/apis\/metrics\.k8s\.io\/v1beta1)(?:\/namespaces\/([a-z]+))?\/pods(?:\/(.+))?$/.exec(path) ?? []
  if (root === undefined)
    return path === '/api/v1/namespaces/shop' ? { body: { metadata: { name: 'shop' } } } : undefined
  const items = inNamespace(root === '/api/v1' ? PODS : POD_METRICS, namespace)
  if (name === undefined) return list(items)
  const found = items.find(({ metadata }) => metadata.name === name)
  return found && { body: found }
}

async function run(args: ToolArguments, reply: (request: ApiRequest) => ApiAnswer | undefined = answer) {
  api ??= await startApi(reply)
  const context = { cluster: api.cluster(), signal: AbortSignal.timeout(15_000), now: Date.now }
  const table = await kubectlTop.run(args, context)
  if (table.kind !== 'table') throw new Error(table.kind)
  return table
}

describe('kubectl_top', () => {
  it('sums the containers of a pod and compares with requests and limits that all of them have', async () => {
    const { columns, rows } = await run({ resource: 'pods', namespace: 'shop' })
    expect(columns).toEqual(['NAME', 'CPU', 'MEMORY', '%CPU/R', '%CPU/L', '%MEM/L'])
    expect(rows).toEqual([
      ['db-0', '1000m', '2048Mi', '', '50%', '100%'],
      ['web-0', '252m', '192Mi', '25%', '', ''],
    ])
  })

  it('sorts by memory', async () => {
    const { rows } = await run({ sortBy: 'memory' })
    expect(rows.map(([namespace, name]) => `${namespace}/${name}`)).toEqual(['apps/api-0', 'shop/db-0', 'shop/web-0'])
  })

  it('shows each container, and one of them by its name', async () => {
    const all = await run({ namespace: 'shop', container: 'all' })
    expect(all.rows.map((row) => row.slice(0, 2))).toEqual([
      ['db-0', 'db'],
      ['web-0', 'app'],
      ['web-0', 'proxy'],
    ])
    const one = await run({ namespace: 'shop', container: 'proxy' })
    expect(one.rows.map((row) => row.slice(0, 4))).toEqual([['web-0', 'proxy', '2m', '64Mi']])
    await expect(run({ namespace: 'shop', container: 'sidecar' })).rejects.toMatchObject({ code: 'missing-container' })
  })

  it('shows the containers of one pod, found without its namespace', async () => {
    const { rows, columns } = await run({ name: 'web-0' })
    expect(columns.slice(0, 2)).toEqual(['NAME', 'CONTAINER'])
    expect(rows.map((row) => row[1])).toEqual(['app', 'proxy'])
  })

  it('gives sums over everything and by namespace', async () => {
    const { coverage } = await run({})
    const texts = coverage.notes.map(({ text }) => text)
    expect(texts).toContain('All 3 rows together: CPU 1262m, memory 5312Mi')
    expect(texts).toContain('By namespace, CPU and memory: shop 1252m · 2240Mi, apps 10m · 3072Mi')
  })

  it('names running pods that have no metrics, and not finished ones', async () => {
    const { coverage } = await run({})
    // All that the metrics API has was read.
    expect(coverage.complete).toBe(true)
    expect(coverage.notes.at(-1)).toMatchObject({
      code: 'metrics-partial',
      params: { count: 1, total: 4, names: 'new-0' },
    })
  })

  it('compares nodes with what they can give, and names a node without metrics', async () => {
    const { columns, rows, coverage } = await run({ resource: 'nodes' })
    expect(columns).toEqual(['NAME', 'CPU', 'MEMORY', 'CPU%', 'MEMORY%'])
    expect(rows).toEqual([['worker-1', '635m', '2048Mi', '16%', '25%']])
    expect(coverage.notes).toMatchObject([{ code: 'metrics-partial', params: { names: 'worker-2' } }])
  })

  it('reports once that metrics-server is not installed (coverage-7, errors-16)', async () => {
    const without = (request: ApiRequest) => (request.path === '/apis' ? discovery([]) : answer(request))
    await expect(run({}, without)).rejects.toMatchObject({
      code: 'metrics-missing',
      message: 'CPU and memory are not available: metrics-server is not installed.',
    })
  })

  it('tells a metrics API that is down from one that is absent (errors-15)', async () => {
    const stale = (request: ApiRequest) =>
      request.path === '/apis' ? discovery([{ ...METRICS, freshness: 'Stale', resources: [] }]) : answer(request)
    await expect(run({}, stale)).rejects.toMatchObject({ code: 'not-available', params: { api: 'metrics.k8s.io' } })
    await api?.close()
    api = undefined
    const broken = (request: ApiRequest) =>
      request.path.startsWith('/apis/metrics')
        ? status(503, 'ServiceUnavailable', 'service unavailable')
        : answer(request)
    await expect(run({}, broken)).rejects.toMatchObject({ code: 'not-available' })
  })

  it('names the measured kinds if another kind is requested', async () => {
    await expect(run({ resource: 'namespaces' })).rejects.toMatchObject({ code: 'invalid-arguments' })
  })
})
