/** Every shape of answer of kubernetes-mcp-server. */
import { describe, expect, it } from 'vitest'
import { presentResultNow } from '../../../server/results'
import { loadFixture, present, presentText, tableOf, textOf } from './load-fixture'

describe('tables', () => {
  it.each([
    [
      'kubernetes-mcp-server/resources_list_deploy',
      ['NAMESPACE', 'NAME', 'READY', 'UP-TO-DATE'],
      ['payments', 'api', '0/2', '2'],
    ],
    [
      'kubernetes-mcp-server/resources_list_svc',
      ['NAMESPACE', 'NAME', 'TYPE', 'CLUSTER-IP'],
      ['default', 'kubernetes', 'ClusterIP', '10.96.0.1'],
    ],
    ['kubernetes-mcp-server/resources_list_nodes', ['NAME', 'STATUS', 'ROLES'], ['worker-1', 'Ready', '<none>']],
    [
      'kubernetes-mcp-server/namespaces_list',
      ['NAME', 'STATUS', 'AGE', 'LABELS'],
      ['default', 'Active', '13m', '<none>'],
    ],
    [
      'kubernetes-mcp-server/nodes_top_metrics',
      ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)'],
      ['worker-0', '120m', '3%', '2000Mi'],
    ],
  ])('%s', (name, columns, firstRow) => {
    const result = present(name)
    const table = tableOf(result)
    expect(result.status).toBe('ok')
    expect(table.columns.slice(0, columns.length)).toEqual(columns)
    expect(table.rows[0]?.slice(0, firstRow.length)).toEqual(firstRow)
    expect(result.forModel.split('\n')).toHaveLength(table.rows.length + 2)
  })

  it('put the sums of pods_top under their own headings', () => {
    const { columns, rows } = tableOf(present('kubernetes-mcp-server/pods_top_metrics'))
    expect(columns).toEqual(['NAMESPACE', 'POD', 'NAME', 'CPU(cores)', 'MEMORY(bytes)', 'SWAP(bytes)'])
    expect(rows).toHaveLength(4)
    expect(rows[3]).toEqual(['', '', '', '36m', '60Mi', '0Mi'])
  })

  it('hold the letters of the world, and no invisible ones', () => {
    const { rows } = tableOf(present('kubernetes-mcp-server/events_unicode'))
    expect(rows.map((row) => row.slice(3, 6))).toEqual([
      ['Ünïcödé', 'pod/日本語ポッド', 'メッセージ 漢字 test'],
      ['Emoji', 'pod/a', 'hello 🚀🚀 wide...'],
      ['Empty', 'pod/b', 'zerowidth ^[[31mred^[[0m'],
    ])
  })

  it('are never doubled by structuredContent', () => {
    const fixture = loadFixture('kubernetes-mcp-server/resources_list_deploy')
    expect(fixture.raw.structuredContent).toBeDefined()
    const alone = presentResultNow({ ...fixture, raw: { isError: false, texts: fixture.raw.texts }, maxTokens: 2700 })
    expect(present('kubernetes-mcp-server/resources_list_deploy')).toEqual(alone)
  })
})

describe('events_list', () => {
  it('becomes a table with the headings of kubectl', () => {
    const { columns, rows } = tableOf(present('kubernetes-mcp-server/events_list'))
    expect(columns).toEqual(['NAMESPACE', 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'])
    expect(rows[0]).toEqual([
      'shop',
      '2026-11-22T21:45:29Z',
      'Normal',
      'Scheduled',
      'pod/cart-694bc7cd75-98wzg',
      'Successfully assigned shop/cart-694bc7cd75-98wzg to worker-1',
    ])
    const messages = rows.map((row) => row[5])
    expect(messages).toContain('Created pod: web-65467b7644-5p6nt')
    // Folded over three lines by the server.
    expect(messages).toContain(
      'failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
    )
    expect(rows.every((row) => row.every((cell) => cell !== ''))).toBe(true)
  })

  it('reads odd scalars, and shows what it cannot read', () => {
    const head = '# The following events (YAML format) were found:\n'
    const text = `${head}- InvolvedObject:\n    Kind: Pod\n    Name: "a\\tb"\n  Message: |-\n    one\n    two\n  Namespace: 'it''s'\n  Type: Warning\n- Message: 'open\n`
    const { rows } = tableOf(presentText('events_list', text))
    expect(rows[0]).toEqual(["it's", '', 'Warning', '', 'pod/a\tb', 'one two'])
    expect(rows[1]?.[5]).toContain('open')
  })
})

describe('other texts', () => {
  it('a single object is YAML as the server wrote it, without the annotation', () => {
    const result = present('kubernetes-mcp-server/resources_get_deploy')
    expect(result.forPerson.kind).toBe('yaml')
    expect(textOf(result)).toMatch(/^apiVersion: apps\/v1\nkind: Deployment\n/)
    expect(textOf(result)).toContain('kubectl.kubernetes.io/last-applied-configuration: <redacted>')
    expect(textOf(result)).toContain('uid: ecb7f019-9612-4d93-855e-4ce22bc5d00e')
    expect(textOf(result)).toContain('resourceVersion: "493"')
  })

  it('a pod keeps its image digest', () => {
    expect(textOf(present('kubernetes-mcp-server/pods_get'))).toContain(`cart:2.4.0@sha256:${'0'.repeat(64)}`)
  })

  it('logs are their lines', () => {
    const result = present('kubernetes-mcp-server/pods_log')
    expect(result.forPerson).toEqual({
      kind: 'log',
      source: 'shop/cart-694bc7cd75-98wzg',
      text: [
        '2026-11-22T08:00:00Z INFO  cart 2.4.0 starting',
        '2026-11-22T08:00:01Z ERROR cannot connect to redis at cart-redis.shop:6379: dial tcp: lookup cart-redis.shop: no such host',
        '2026-11-22T08:00:01Z FATAL exiting with status 1',
      ].join('\n'),
    })
  })

  it.each([
    ['JSON', '{"status":"error","message":"boom"}'],
    ['a table', 'NAME   STATUS\na      b'],
    ['YAML', 'apiVersion: v1\nkind: Pod'],
  ])('logs are a log also when they look like %s', (_, text) => {
    const result = presentText('pods_log', text)
    expect(result).toMatchObject({ status: 'ok', forPerson: { kind: 'log', text } })
    expect(result.forModel).toContain(
      text
        .split('\n')
        .at(-1)
        ?.replace(/^.*"message":"(\w+)".*$/, '$1'),
    )
  })

  it('reports a pod without logs in a text', () => {
    const text = 'The pod ledger-0 in namespace payments has not logged any message yet'
    expect(presentText('pods_log', text).forPerson).toEqual({ kind: 'text', text })
  })

  it('releases of helm_list are a table', () => {
    const text = `- appVersion: 1.27.0
  chart: nginx
  chartVersion: 15.4.0
  lastDeployed: Sun, 22 Nov 2026 21:45:29 +0000
  name: web
  namespace: shop
  revision: 3
  status: deployed
`
    expect(tableOf(presentText('helm_list', text))).toMatchObject({
      columns: ['NAMESPACE', 'NAME', 'REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION'],
      rows: [['shop', 'web', '3', 'Sun, 22 Nov 2026 21:45:29 +0000', 'deployed', 'nginx-15.4.0', '1.27.0']],
    })
  })

  it('uses structuredContent if there is no text', () => {
    const raw = { isError: false, texts: [], structuredContent: { items: [{ Name: 'api' }] } }
    const result = presentResultNow({ tool: 'resources_list', arguments: {}, raw, maxTokens: 150 })
    expect(textOf(result)).toBe('items:\n  - Name: api')
  })
})

describe('nothing', () => {
  it.each([
    ['kubernetes-mcp-server/pods_list_empty', '(no rows)'],
    ['kubernetes-mcp-server/events_list_empty', 'No events found'],
    ['kubernetes-mcp-server/helm_list_empty', 'No Helm releases found'],
  ])('%s says %s', (name, words) => {
    expect(present(name)).toMatchObject({ status: 'ok', forModel: words, forPerson: { kind: 'text', text: words } })
  })

  it.each([
    ['pods_list', '', '(no rows)'],
    ['pods_log', ' \n', '(no output)'],
    ['pods_exec', '', '(no output)'],
    ['kubectl_get', 'NAME   AGE\n', '(no rows)'],
    ['anything', '\u200b\u001b[0m', '(no output)'],
  ])('%s with %j says %s', (tool, text, words) => {
    expect(presentText(tool, text)).toMatchObject({ forModel: words, forPerson: { kind: 'text', text: words } })
  })
})
