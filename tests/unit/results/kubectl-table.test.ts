import { describe, expect, it } from 'vitest'
import { parseKubectlTables } from '../../../server/results/parse/kubectl-table'
import { loadFixture, present, presentText, tableOf } from './load-fixture'

const podColumns = ['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE']

describe('parseKubectlTables', () => {
  it('finds cells by their headings, so that blanks in them and empty ones are right', () => {
    const text = [
      'NAME    READY   STATUS             RESTARTS      AGE   NOMINATED NODE   READINESS GATES',
      'cart    0/1     CrashLoopBackOff   3 (5m ago)    2d    <none>           <none>',
      'ledger          Pending                          2d                     a b',
      'x       1/1     Running            0             2d',
      '',
    ].join('\n')
    expect(parseKubectlTables(text)).toEqual([
      {
        columns: ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'NOMINATED NODE', 'READINESS GATES'],
        rows: [
          ['cart', '0/1', 'CrashLoopBackOff', '3 (5m ago)', '2d', '<none>', '<none>'],
          ['ledger', '', 'Pending', '', '2d', '', 'a b'],
          ['x', '1/1', 'Running', '0', '2d', '', ''],
        ],
      },
    ])
  })

  it('counts code points, as kubectl pads by them', () => {
    const text = 'NAME      NOTE          AGE\n日本語       🚀🚀 wide       5d\nplain     é             6d\n'
    expect(parseKubectlTables(text)?.[0]?.rows).toEqual([
      ['日本語', '🚀🚀 wide', '5d'],
      ['plain', 'é', '6d'],
    ])
  })

  it('splits at blanks if a cell is wider than its heading', () => {
    const text = 'NAME   STATUS   AGE\na-name-that-is-too-long   Ready   5d\n'
    expect(parseKubectlTables(text)?.[0]?.rows).toEqual([['a-name-that-is-too-long', 'Ready', '5d']])
  })

  it('reads one table for each kind', () => {
    const tables = parseKubectlTables(loadFixture('mcp-server-kubernetes/wide_pods_services').raw.texts[0] ?? '')
    expect(tables?.map((table) => [table.columns[1], table.columns[2], table.rows.length])).toEqual([
      ['NAME', 'READY', 13],
      ['NAME', 'TYPE', 4],
    ])
  })

  it('reads a heading without rows', () => {
    expect(parseKubectlTables('NAME   AGE\n')).toEqual([{ columns: ['NAME', 'AGE'], rows: [] }])
  })

  it.each([
    ['nothing', ''],
    ['prose', 'No resources found in default namespace.'],
    ['a description', 'Name:         web\nNamespace:    shop'],
    ['a manifest', 'apiVersion: v1\nkind: Pod'],
    ['an explanation', 'KIND:     Pod\nVERSION:  v1'],
    ['a log', '2026-11-22T08:00:00Z  INFO  started'],
  ])('is not a table: %s', (_, text) => {
    expect(parseKubectlTables(text)).toBeUndefined()
  })
})

describe('pods for a person', () => {
  it.each([['kubernetes-mcp-server/pods_list'], ['mcp-server-kubernetes/wide_pods']])(
    'are the same rows from %s as kubectl prints',
    (name) => {
      const { columns, rows } = tableOf(present(name))
      expect(columns.slice(0, 6)).toEqual(podColumns)
      expect(rows).toHaveLength(13)
      expect(rows.every((row) => row.length === columns.length)).toBe(true)
      expect(rows.map((row) => row.slice(0, 4).join(' '))).toEqual([
        'monitoring node-exporter-85xxh 1/1 Running',
        'monitoring node-exporter-dgk8s 1/1 Running',
        'payments api-57c87fb788-f9p9l 0/1 ImagePullBackOff',
        'payments api-57c87fb788-t8gf7 0/1 ImagePullBackOff',
        'payments ledger-0 0/1 Pending',
        'payments nightly-settlement-s6mdz 0/1 Completed',
        'payments reports-7546ff7bd-ml97k 0/1 Pending',
        'shop cart-694bc7cd75-98wzg 0/1 CrashLoopBackOff',
        'shop cart-694bc7cd75-hfw5q 0/1 CrashLoopBackOff',
        'shop redis-84b9759f74-4hwz9 1/1 Running',
        'shop web-65467b7644-5p6nt 1/1 Running',
        'shop web-65467b7644-72tlk 1/1 Running',
        'shop web-65467b7644-8gb9d 1/1 Running',
      ])
    },
  )

  it('have no APIVERSION and KIND that say the same in all rows, and have LABELS last', () => {
    expect(tableOf(present('kubernetes-mcp-server/pods_list')).columns).toEqual([
      ...podColumns,
      'IP',
      'NODE',
      'NOMINATED NODE',
      'READINESS GATES',
      'LABELS',
    ])
  })

  it('keep KIND if it differs, and move LABELS', () => {
    const text = 'APIVERSION   KIND   LABELS   NAME\nv1           Pod    a=b      x\nv1           Job    <none>   y\n'
    expect(tableOf(presentText('resources_list', text))).toMatchObject({
      columns: ['APIVERSION', 'KIND', 'NAME', 'LABELS'],
      rows: [
        ['v1', 'Pod', 'x', 'a=b'],
        ['v1', 'Job', 'y', '<none>'],
      ],
    })
  })
})
