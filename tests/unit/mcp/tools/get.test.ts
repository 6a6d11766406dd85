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
