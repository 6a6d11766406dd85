import { afterEach, describe, expect, it } from 'vitest'
import { KubeError } from '../../../../mcp/kubernetes/errors/errors'
import { listObjects, listTable } from '../../../../mcp/kubernetes/list/list'
import { getObject } from '../../../../mcp/kubernetes/list/object'
import type { TableList } from '../../../../mcp/kubernetes/list/list'
import type { ApiResource } from '../../../../mcp/kubernetes/types'
import { startApi, status, table } from '../../../support/kube/api-server'
import type { Answer, TestApi } from '../../../support/kube/api-server'

const signal = AbortSignal.timeout(10_000)
let api: TestApi | undefined

afterEach(async () => {
  await api?.close()
  api = undefined
})

async function serve(answer: Answer): Promise<TestApi> {
  api = await startApi(answer)
  return api
}

const PODS: ApiResource = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  namespaced: true,
  verbs: ['get', 'list'],
}
const WIDGETS: ApiResource = {
  ...PODS,
  group: 'example.com',
  kind: 'Widget',
  plural: 'widgets',
  singular: 'widget',
  shortNames: [],
}

const pods = (cluster: Parameters<typeof listTable>[0], namespace?: string): Promise<TableList> =>
  listTable(cluster, { resource: PODS, namespace, signal, objects: 'metadata' })

const rows = (from: number, count: number, namespace = 'shop') =>
  Array.from({ length: count }, (_, at) => ({
    cells: [`pod-${from + at}`, 'Running'],
    name: `pod-${from + at}`,
    namespace,
  }))

const forbidden = (where: string) =>
  status(403, 'Forbidden', `pods is forbidden: User "dev" cannot list resource "pods" in API group "" ${where}`)

async function failure(answer: Promise<unknown>): Promise<KubeError> {
  try {
    await answer
  } catch (error) {
    if (error instanceof KubeError) return error
    throw error
  }
  throw new Error('no error')
}

const names = (list: TableList) => list.rows.map(({ object }) => object.metadata.name)

describe('lists in pages', () => {
  it('reads all pages of a list', async () => {
    const { cluster, requests } = await serve(({ path, query }) => {
      if (path !== '/api/v1/pods') return undefined
      const at = Number(query.get('continue') ?? 0)
      return table(['Name', 'Status'], rows(at, 1000), at < 2000 ? { continue: String(at + 1000) } : {})
    })
    const list = await pods(cluster())
    expect(list.rows).toHaveLength(3000)
    expect(list.columns.map(({ name }) => name)).toEqual(['NAME', 'STATUS'])
    expect(list.coverage).toMatchObject({ scope: 'cluster', shown: 3000, total: 3000, complete: true, notes: [] })
    expect(requests.filter(({ path }) => path === '/api/v1/pods')).toHaveLength(3)
  })

  it('begins again once when the list expires while it is read, and doubles nothing', async () => {
    let expired = false
    const { cluster } = await serve(({ query }) => {
      const token = query.get('continue')
      if (token === null) return table(['Name', 'Status'], rows(0, 1000), { continue: 'next' })
      if (!expired) {
        expired = true
        return status(410, 'Expired', 'The provided continue parameter is too old')
      }
      return table(['Name', 'Status'], rows(1000, 10))
    })
    const list = await pods(cluster())
    expect(list.rows).toHaveLength(1010)
    expect(new Set(names(list)).size).toBe(1010)
    expect(list.coverage.complete).toBe(true)
  })

  it('reports a list that keeps changing while it is read, with what it had', async () => {
    const { cluster } = await serve(({ query }) =>
      query.get('continue') === null
        ? table(['Name', 'Status'], rows(0, 1000), { continue: 'next' })
        : status(410, 'Expired', 'The provided continue parameter is too old'),
    )
    const { coverage } = await pods(cluster())
    expect(coverage).toMatchObject({ shown: 1000, complete: false })
    expect(coverage.total).toBeUndefined()
    expect(coverage.notes.map(({ code }) => code)).toContain('changed-while-reading')
  })

  it('stops at its limit and tells how many there are', async () => {
    const { cluster } = await serve(({ query }) => {
      const at = Number(query.get('continue') ?? 0)
      return table(['Name', 'Status'], rows(at, 1000), {
        continue: String(at + 1000),
        remainingItemCount: 70_000 - at - 1000,
      })
    })
    const { coverage } = await pods(cluster())
    expect(coverage).toMatchObject({ shown: 50_000, total: 70_000, complete: false })
    expect(coverage.notes[0]?.text).toBe('Not all were read: the first 50000 of 70000.')
  })

  it('draws NAME, the columns of the CRD and AGE for an API that makes no tables', async () => {
    const { cluster } = await serve(({ path }) => {
      if (path === '/apis/example.com/v1/widgets')
        return {
          body: {
            kind: 'WidgetList',
            items: [
              {
                metadata: { name: 'one', namespace: 'shop', creationTimestamp: '2020-01-01T00:00:00Z' },
                status: { phase: 'Ready' },
              },
            ],
          },
        }
      if (path === '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com')
        return {
          body: {
            spec: {
              versions: [
                {
                  name: 'v1',
                  additionalPrinterColumns: [{ name: 'Phase', type: 'string', jsonPath: '.status.phase' }],
                },
              ],
            },
          },
        }
      return undefined
    })
    const list = await listTable(cluster(), { resource: WIDGETS, signal, objects: 'metadata' })
    expect(list.columns.map(({ name }) => name)).toEqual(['NAME', 'PHASE', 'AGE'])
    expect(list.rows[0]?.cells.slice(0, 2)).toEqual(['one', 'Ready'])
    expect(list.rows[0]?.cells[2]).toMatch(/^\d+y/)
  })

  it('says what the items of a plain list are', async () => {
    const { cluster } = await serve(() => ({ body: { kind: 'PodList', items: [{ metadata: { name: 'a' } }] } }))
    const { items } = await listObjects(cluster(), { resource: PODS, signal })
    expect(items[0]).toMatchObject({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } })
  })
})

describe('lists of a user who may not read everything', () => {
  /** May list namespaces, and pods in those whose number is even. */
  const partly =
    (count: number): Answer =>
    ({ path }) => {
      if (path === '/api/v1/pods') return forbidden('at the cluster scope')
      if (path === '/api/v1/namespaces')
        return table(
          ['Name'],
          Array.from({ length: count }, (_, at) => ({ cells: [`ns-${at}`], name: `ns-${at}` })),
        )
      const at = Number(/namespaces\/ns-(\d+)\/pods$/.exec(path)?.[1] ?? NaN)
      if (Number.isNaN(at)) return undefined
      return at % 2 === 0
        ? table(['Name', 'Status'], rows(at, 1, `ns-${at}`))
        : forbidden(`in the namespace "ns-${at}"`)
    }

  it('reads the namespaces that it may, and names the others', async () => {
    const { cluster } = await serve(partly(6))
    const { coverage, rows: read } = await pods(cluster())
    expect(read).toHaveLength(3)
    expect(coverage).toMatchObject({
      scope: 'namespaces',
      namespaces: ['ns-0', 'ns-2', 'ns-4'],
      unreadNamespaces: ['ns-1', 'ns-3', 'ns-5'],
      complete: false,
    })
    expect(coverage.notes[0]?.text).toBe(
      '3 of 6 namespaces were read: ns-0, ns-2, ns-4. User dev may not list pods in the others: ns-1, ns-3, ns-5.',
    )
  })

  it('reads at most 50 namespaces, and counts the rest as not read', async () => {
    const { cluster, requests } = await serve(partly(120))
    const { coverage } = await pods(cluster())
    expect(requests.filter(({ path }) => /ns-\d+\/pods$/.test(path))).toHaveLength(50)
    expect(coverage.namespaces).toHaveLength(25)
    expect(coverage.unreadNamespaces).toHaveLength(95)
    expect(coverage.total).toBeUndefined()
  })

  /** May list pods in shop and in extra, and no namespaces. */
  const confined: Answer = ({ path }) => {
    const namespace = /namespaces\/([^/]+)\/pods$/.exec(path)?.[1]
    if (namespace === 'shop' || namespace === 'extra') return table(['Name', 'Status'], rows(0, 2, namespace))
    return forbidden(namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`)
  }

  it('reads the namespace of the context alone, and gives no total (coverage-1)', async () => {
    const { cluster } = await serve(confined)
    const { coverage, rows: read } = await pods(cluster({ namespace: 'shop' }))
    expect(read).toHaveLength(2)
    expect(coverage).toMatchObject({ scope: 'namespaces', namespaces: ['shop'], complete: false })
    expect(coverage.total).toBeUndefined()
    expect(coverage.notes[0]).toMatchObject({ code: 'namespaces-hidden' })
    expect(coverage.notes[0]?.text).toContain('other namespaces are not visible')
  })

  it('reads the namespaces that the operator names, too', async () => {
    const { cluster } = await serve(confined)
    const { coverage } = await pods(cluster({ namespace: 'shop', known: ['extra', 'secret'] }))
    expect(coverage.namespaces).toEqual(['shop', 'extra'])
  })

  it('is refused if it may read nothing', async () => {
    const { cluster } = await serve(confined)
    const error = await failure(pods(cluster({ namespace: 'other' })))
    expect([error.code, error.message]).toEqual([
      'forbidden',
      'User dev may not list pods of all namespaces, nor in other. Name a namespace that you may read.',
    ])
  })

  it('fails if the API server fails in the middle, and does not call that "not allowed"', async () => {
    const { cluster } = await serve(({ path }) => {
      if (path === '/api/v1/pods') return forbidden('at the cluster scope')
      if (path === '/api/v1/namespaces')
        return table(
          ['Name'],
          [
            { cells: ['a'], name: 'a' },
            { cells: ['b'], name: 'b' },
          ],
        )
      return path.includes('/a/')
        ? table(['Name', 'Status'], rows(0, 1, 'a'))
        : status(500, 'InternalError', 'etcd is down')
    })
    expect((await failure(pods(cluster()))).code).toBe('server-error')
  })
})

describe('what does not exist', () => {
  const shop: Answer = ({ path }) => {
    if (path === '/api/v1/namespaces')
      return table(
        ['Name'],
        ['shop', 'payments', 'kube-system'].map((name) => ({ cells: [name], name })),
      )
    if (path === '/api/v1/namespaces/shop') return { body: { metadata: { name: 'shop' } } }
    if (/namespaces\/[^/]+\/pods$/.test(path))
      return table(
        ['Name', 'Status'],
        path.includes('/shop/') ? [{ cells: ['gce-pd-csi-driver', 'Running'], name: 'gce-pd-csi-driver' }] : [],
      )
    return undefined
  }

  it('is an error with near names for a namespace (coverage-3)', async () => {
    const { cluster } = await serve(shop)
    const error = await failure(pods(cluster(), 'shopp'))
    expect([error.code, error.message]).toEqual([
      'missing-namespace',
      'There is no namespace shopp. Did you mean shop?',
    ])
  })

  it('is an error with near names for an object (coverage-4)', async () => {
    const { cluster } = await serve(shop)
    const error = await failure(getObject(cluster(), { resource: PODS, namespace: 'shop', name: 'pdcsi', signal }))
    expect(error.message).toBe('There is no Pod pdcsi in shop. Near names: gce-pd-csi-driver.')
  })

  it('is the namespace, if an object of a missing namespace is asked for', async () => {
    const { cluster } = await serve(shop)
    const error = await failure(getObject(cluster(), { resource: PODS, namespace: 'paymnts', name: 'web', signal }))
    expect(error.message).toBe('There is no namespace paymnts. Did you mean payments?')
  })
})

describe('what the operator excludes', () => {
  it('refuses a kind by any of its names', async () => {
    const { cluster } = await serve(() => table(['Name'], []))
    for (const word of ['pod', 'pods']) {
      const error = await failure(pods(cluster({ denied: { kinds: [word] } })))
      expect(error.code).toBe('denied-by-operator')
    }
  })

  it('removes a namespace from a list of all, and reports it', async () => {
    const { cluster } = await serve(() => table(['Name', 'Status'], [...rows(0, 2, 'shop'), ...rows(2, 3, 'vault')]))
    const { coverage, rows: read } = await pods(cluster({ denied: { namespaces: ['vault'] } }))
    expect(read).toHaveLength(2)
    expect(coverage.total).toBe(2)
    expect(coverage.notes.map(({ code }) => code)).toContain('namespaces-excluded')
    expect((await failure(pods(cluster({ denied: { namespaces: ['vault'] } }), 'vault'))).code).toBe(
      'denied-by-operator',
    )
  })
})
