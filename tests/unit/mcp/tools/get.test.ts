import { afterEach, describe, expect, it } from 'vitest'
import { kubectlGet } from '../../../../mcp/tools/get'
import { readArguments } from '../../../../mcp/tools/arguments'
import type { TableResult } from '../../../../shared/result'
import { discovered, discovery, startApi } from '../../../support/kube/api-server'
import type { ApiAnswer, TestApi } from '../../../support/kube/api-server'

let api: TestApi | undefined

afterEach(async () => {
  await api?.close()
  api = undefined
})

const CORE = discovery([
  {
    group: '',
    version: 'v1',
    resources: [discovered('pods', 'Pod'), discovered('namespaces', 'Namespace', { scope: 'Cluster' })],
  },
])

async function get(args: object, paths: Record<string, ApiAnswer>, denied: string[] = []): Promise<TableResult> {
  api = await startApi(({ path }) => (path === '/api' ? CORE : path === '/apis' ? discovery([]) : paths[path]))
  const answer = await kubectlGet.run(readArguments(args, kubectlGet), {
    cluster: api.cluster({ denied: { namespaces: denied } }),
    signal: AbortSignal.timeout(10_000),
    now: Date.now,
  })
  if (answer.kind !== 'table') throw new Error(`no table but ${answer.kind}`)
  return answer
}

const namespaces = (objects: { name: string; labels?: object; annotations?: object }[]): ApiAnswer => ({
  body: {
    kind: 'Table',
    columnDefinitions: [{ name: 'Name' }, { name: 'Status' }, { name: 'Age' }],
    rows: objects.map((metadata) => ({ cells: [metadata.name, 'Active', '3d'], object: { metadata } })),
  },
})

const PROJECTS = namespaces([
  { name: 'shop', labels: { 'field.cattle.io/projectId': 'p-abcde' } },
  { name: 'payments', annotations: { 'field.cattle.io/projectId': 'c-m-xyz:p-other' } },
  { name: 'kube-system' },
])

describe('kubectl_get of namespaces', () => {
  it("shows the id of each namespace's Rancher project (coverage-5)", async () => {
    const { columns, rows } = await get({ resource: 'namespaces' }, { '/api/v1/namespaces': PROJECTS })
    expect(columns.at(-1)).toBe('PROJECT')
    expect(rows.map((row) => row.at(-1))).toEqual(['p-abcde', 'p-other', '<none>'])
  })

  it('shows the names of projects if the cluster has them (coverage-5)', async () => {
    const projects = { body: { items: [{ metadata: { name: 'p-abcde' }, spec: { displayName: 'Default' } }] } }
    const paths = { '/api/v1/namespaces': PROJECTS, '/apis/management.cattle.io/v3/projects': projects }
    const { rows } = await get({ resource: 'namespaces' }, paths)
    expect(rows[0]?.at(-1)).toBe('Default (p-abcde)')
  })

  it('has no such column on a cluster without projects', async () => {
    const { columns } = await get({ resource: 'namespaces' }, { '/api/v1/namespaces': namespaces([{ name: 'shop' }]) })
    expect(columns).not.toContain('PROJECT')
  })

  it('leaves out those that the operator has excluded', async () => {
    const { rows } = await get({ resource: 'namespaces' }, { '/api/v1/namespaces': PROJECTS }, ['payments'])
    expect(rows.map(([name]) => name)).toEqual(['shop', 'kube-system'])
  })
})

describe('kubectl_get of workloads', () => {
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()
  const APPS = discovery([{ group: 'apps', version: 'v1', resources: [discovered('statefulsets', 'StatefulSet')] }])
  const SETS = '/apis/apps/v1/namespaces/shop/statefulsets'
  const PODS = '/api/v1/namespaces/shop/pods'
  const set = {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: {
      name: 'db',
      namespace: 'shop',
      creationTimestamp: ago(9e6),
      managedFields: [
        { manager: 'kubectl', subresource: 'scale' },
        { manager: 'kube-controller-manager', subresource: 'status', time: ago(1) },
      ],
    },
    spec: { replicas: 2 },
    status: { readyReplicas: 1 },
  }
  const pod = (age: number) => ({
    metadata: {
      name: 'db-1',
      namespace: 'shop',
      creationTimestamp: ago(age),
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' }],
    },
  })
  const tableOf = (object: object): ApiAnswer => ({
    body: { kind: 'Table', columnDefinitions: [{ name: 'Name' }], rows: [{ cells: ['db'], object }] },
  })

  async function verdicts(age: number, args: object): Promise<unknown> {
    const paths: Record<string, ApiAnswer> = {
      '/api': CORE,
      '/apis': APPS,
      [SETS]: tableOf(set),
      [`${SETS}/db`]: { body: set },
      [PODS]: tableOf(pod(age)),
    }
    api = await startApi(({ path }) => paths[path])
    const read = readArguments({ resource: 'statefulsets', namespace: 'shop', ...args }, kubectlGet)
    const context = { cluster: api.cluster(), signal: AbortSignal.timeout(10_000), now: Date.now }
    const answer = await kubectlGet.run(read, context)
    await api.close()
    api = undefined
    return answer.kind === 'table' ? answer.verdicts : answer.kind === 'object' ? [answer.verdict] : answer.kind
  }

  it('does not wait for ever for the pods of a scaling without a time', async () => {
    expect(await verdicts(20, {})).toEqual(['waiting'])
    expect(await verdicts(9000, {})).toEqual(['bad'])
    expect(await verdicts(20, { name: 'db' })).toEqual(['waiting'])
    expect(await verdicts(9000, { name: 'db' })).toEqual(['bad'])
  })
})
