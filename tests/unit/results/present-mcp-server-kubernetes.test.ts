/** Every shape of answer of mcp-server-kubernetes. */
import { estimateTokens } from '../../../shared/results/tokens'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { present, presentText, tableOf, textOf } from './load-fixture'

describe('kubectl_get with output wide', () => {
  it.each([
    [
      'mcp-server-kubernetes/wide_pods_shop',
      ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
      ['cart-694bc7cd75-98wzg', '0/1', 'CrashLoopBackOff', '8', '11m'],
      6,
    ],
    ['mcp-server-kubernetes/wide_deployments', ['NAMESPACE', 'NAME', 'READY'], ['payments', 'api', '0/2'], 5],
    ['mcp-server-kubernetes/wide_services', ['NAMESPACE', 'NAME', 'TYPE'], ['default', 'kubernetes', 'ClusterIP'], 4],
    ['mcp-server-kubernetes/wide_nodes', ['NAME', 'STATUS', 'ROLES'], ['worker-1', 'Ready', '<none>'], 2],
    ['mcp-server-kubernetes/wide_namespaces', ['NAME', 'STATUS', 'AGE'], ['default', 'Active', '14m'], 7],
    [
      'mcp-server-kubernetes/custom_pods',
      ['NAME', 'NAMESPACE', 'STATUS'],
      ['cart-694bc7cd75-98wzg', 'shop', 'Running'],
      6,
    ],
  ])('%s', (name, columns, firstRow, rows) => {
    const table = tableOf(present(name))
    expect(table.columns.slice(0, columns.length)).toEqual(columns)
    expect(table.rows[0]?.slice(0, firstRow.length)).toEqual(firstRow)
    expect(table.rows).toHaveLength(rows)
  })

  it('keeps empty cells empty', () => {
    const { columns, rows } = tableOf(present('mcp-server-kubernetes/wide_pvc'))
    expect(Object.fromEntries(columns.map((column, index) => [column, rows[0]?.[index]]))).toEqual({
      NAMESPACE: 'payments',
      NAME: 'data-ledger-0',
      STATUS: 'Pending',
      VOLUME: '',
      CAPACITY: '',
      'ACCESS MODES': '',
      STORAGECLASS: 'fast',
      AGE: '11m',
      VOLUMEMODE: 'Filesystem',
    })
  })

  it('reads events, whose cells have blanks and whose SUBOBJECT is empty', () => {
    const { columns, rows } = tableOf(present('mcp-server-kubernetes/wide_events'))
    const cell = (row: string[] | undefined, name: string): string | undefined => row?.[columns.indexOf(name)]
    const backOff = rows.find((row) => cell(row, 'REASON') === 'BackOff')
    expect(cell(backOff, 'TYPE')).toBe('Warning')
    expect(cell(backOff, 'SUBOBJECT')).toBe('')
    expect(cell(backOff, 'MESSAGE')).toBe('Back-off restarting failed container')
    expect(cell(backOff, 'COUNT')).toMatch(/^\d+$/)
  })

  it('shows several kinds as kubectl does to a person, and as tables to the model', () => {
    const result = present('mcp-server-kubernetes/wide_pods_services')
    expect(result.forPerson.kind).toBe('text')
    expect(textOf(result)).toMatch(/\n\nNAMESPACE {3}NAME {17}TYPE/)
    expect(result.forModel).toContain('shop\tpod/cart-694bc7cd75-98wzg\t0/1\tCrashLoopBackOff')
    expect(result.forModel).toContain('shop\tservice/redis\tClusterIP')
    const short = present('mcp-server-kubernetes/wide_pods_services', 500)
    expect(estimateTokens(short.forModel)).toBeLessThanOrEqual(500)
    expect(short.forModel).toContain('pod/cart-694bc7cd75-98wzg')
    expect(short.forModel).toContain('service/redis')
    expect(short.forModel).toContain('of 13 rows')
  })
})

describe('kubectl_get with JSON', () => {
  it('makes a table of its own list', () => {
    expect(tableOf(present('mcp-server-kubernetes/json_deploy'))).toMatchObject({
      columns: ['NAMESPACE', 'NAME', 'STATUS', 'CREATED'],
      rows: [
        ['shop', 'cart', 'Active', '2026-11-22T21:45:29Z'],
        ['shop', 'redis', '1/1 ready', '2026-11-22T21:45:29Z'],
        ['shop', 'web', '3/3 ready', '2026-11-22T21:45:29Z'],
      ],
    })
    expect(tableOf(present('mcp-server-kubernetes/json_pods')).rows).toHaveLength(13)
  })

  it('leaves out a namespace that nothing has, and shows kinds that differ', () => {
    const items = [
      { name: 'a', namespace: '', kind: 'Node', status: 'Ready', createdAt: 'now' },
      { name: 'b', namespace: '', kind: 'Lease', status: 'Active' },
    ]
    expect(tableOf(presentText('kubectl_get', JSON.stringify({ items })))).toMatchObject({
      columns: ['NAME', 'KIND', 'STATUS', 'CREATED'],
      rows: [
        ['a', 'Node', 'Ready', 'now'],
        ['b', 'Lease', 'Active', ''],
      ],
    })
  })

  it('makes a table of events', () => {
    const { columns, rows } = tableOf(present('mcp-server-kubernetes/json_events'))
    expect(columns).toEqual(['NAMESPACE', 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'COUNT', 'MESSAGE'])
    expect(rows[2]?.slice(2, 5)).toEqual(['Warning', 'BackOff', 'pod/cart-694bc7cd75-98wzg'])
  })

  it('shows a single object as YAML', () => {
    const result = present('mcp-server-kubernetes/json_one')
    expect(result.forPerson.kind).toBe('yaml')
    expect(parse(textOf(result))).toMatchObject({
      kind: 'Deployment',
      metadata: { name: 'web', annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '<redacted>' } },
      spec: { replicas: 3 },
    })
    expect(present('mcp-server-kubernetes/yaml_one').forPerson.kind).toBe('yaml')
  })

  it('writes a list too large for the YAML writer as JSON, redacted all the same', () => {
    const items = Array.from({ length: 5000 }, (_, index) => ({
      kind: 'Secret',
      metadata: { name: `s-${index}` },
      data: { a: 'aGVsbG8=' },
    }))
    const result = presentText('kubectl_get', JSON.stringify({ kind: 'List', items }))
    expect(result.forPerson.kind).toBe('yaml')
    expect(textOf(result)).not.toContain('aGVsbG8=')
    expect(textOf(result)).toContain('"a": "<redacted, 5 bytes>"')
  })
})

describe('texts', () => {
  it.each([
    ['mcp-server-kubernetes/describe_pod'],
    ['mcp-server-kubernetes/describe_node'],
    ['mcp-server-kubernetes/describe_secret'],
    ['mcp-server-kubernetes/describe_cm'],
    ['mcp-server-kubernetes/explain'],
    ['mcp-server-kubernetes/name_pods'],
  ])('%s stays as kubectl prints it', (name) => {
    const result = present(name)
    expect(result.status).toBe('ok')
    expect(result.forPerson.kind).toBe('text')
    expect(textOf(result)).not.toContain('<redacted')
  })

  it('keeps the sizes that kubectl describe shows of a Secret', () => {
    expect(textOf(present('mcp-server-kubernetes/describe_secret'))).toMatch(
      /api-key: {3}22 bytes\npassword: {2}14 bytes/,
    )
  })

  it('gives the model what kubectl describe prints without its padding', () => {
    expect(present('mcp-server-kubernetes/describe_secret').forModel).toContain(
      'Name:  gateway-credentials\nNamespace:  payments',
    )
  })

  it('keeps APIVERSION and KIND of list_api_resources, which are its content', () => {
    const result = present('mcp-server-kubernetes/api_resources')
    expect(tableOf(result).columns).toEqual(['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'])
    expect(result.forModel).toContain('bindings\t\tv1\ttrue\tBinding')
  })
})

describe('kubectl_logs', () => {
  it('of one pod are its lines', () => {
    expect(present('mcp-server-kubernetes/logs').forPerson).toMatchObject({
      kind: 'log',
      source: 'shop/cart-694bc7cd75-98wzg',
    })
    expect(textOf(present('mcp-server-kubernetes/logs'))).toBe(textOf(present('kubernetes-mcp-server/pods_log')))
  })

  it('of several pods have headings', () => {
    const result = present('mcp-server-kubernetes/logs_deploy')
    expect(result.forPerson).toMatchObject({ kind: 'log', source: 'shop/cart' })
    expect(textOf(result)).toMatch(
      /^==> cart-694bc7cd75-98wzg <==\n2026.*starting\n.*\n.*status 1\n\n==> cart-694bc7cd75-hfw5q <==\n2026/,
    )
  })

  it('of a cronjob are those of its jobs', () => {
    const text = JSON.stringify({
      cronjob: 'nightly',
      namespace: 'shop',
      jobs: { 'nightly-1': { 'nightly-1-x': 'one\n' }, 'nightly-2': { 'nightly-2-y': 'two\n' } },
    })
    expect(textOf(presentText('kubectl_logs', text))).toBe('==> nightly-1-x <==\none\n\n==> nightly-2-y <==\ntwo')
  })

  it('reports that there are no pods', () => {
    const message = 'No pods found with label selector "app=x" in namespace shop'
    expect(presentText('kubectl_logs', JSON.stringify({ message }))).toEqual({
      status: 'ok',
      forModel: message,
      forPerson: { kind: 'text', text: message },
    })
  })
})

describe('nothing', () => {
  it.each([
    ['mcp-server-kubernetes/wide_empty', '(no rows)'],
    ['mcp-server-kubernetes/json_empty', '(no rows)'],
    ['mcp-server-kubernetes/logs_pending', '(no output)'],
    ['mcp-server-kubernetes/ping', '(no output)'],
  ])('%s says %s', (name, words) => {
    expect(present(name)).toMatchObject({ status: 'ok', forModel: words, forPerson: { kind: 'text', text: words } })
  })

  it('keeps the words of kubectl', () => {
    expect(presentText('kubectl_get', 'No resources found in default namespace.\n').forModel).toBe(
      'No resources found in default namespace.',
    )
  })
})
