import { describe, expect, it } from 'vitest'
import { ALL_PODS, converse, podsOf, tabs } from './converse'
import { kubernetesMcpServerTools, mcpServerKubernetesTools } from './foreign-tools'

describe('lists', () => {
  it.each([
    ['Show me all pods', 'pods_list', {}],
    ['Liệt kê tất cả pod', 'pods_list', {}],
    ['liet ke cac pod trong namespace shop', 'pods_list_in_namespace', { namespace: 'shop' }],
    ['List pods in namespace shop', 'pods_list_in_namespace', { namespace: 'shop' }],
    ['Which pods run in the shop namespace?', 'pods_list_in_namespace', { namespace: 'shop' }],
    ['pods in shop', 'pods_list_in_namespace', { namespace: 'shop' }],
    ['Show pods in all namespaces', 'pods_list', {}],
    ['Show all deployments', 'resources_list', { apiVersion: 'apps/v1', kind: 'Deployment' }],
    [
      'Cho tôi xem các deployment trong shop',
      'resources_list',
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop' },
    ],
    ['List services in namespace "shop"', 'resources_list', { apiVersion: 'v1', kind: 'Service', namespace: 'shop' }],
    ['What nodes are there?', 'resources_list', { apiVersion: 'v1', kind: 'Node' }],
    ['Có bao nhiêu node trong cụm?', 'resources_list', { apiVersion: 'v1', kind: 'Node' }],
    ['list namespaces', 'namespaces_list', {}],
    ['Danh sách không gian tên', 'namespaces_list', {}],
    ['Show the events of namespace payments', 'events_list', { namespace: 'payments' }],
    ['Xem sự kiện trong namespace payments', 'events_list', { namespace: 'payments' }],
  ])('answers %j with %s %j of kubernetes-mcp-server', async (question, name, args) => {
    const { rounds } = await converse(question, kubernetesMcpServerTools)
    expect(rounds).toEqual([[{ name, arguments: args }]])
  })

  it.each([
    ['Show me all pods', { resourceType: 'pods', allNamespaces: true, output: 'wide' }],
    ['pods in namespace shop', { resourceType: 'pods', namespace: 'shop', output: 'wide' }],
    ['list nodes', { resourceType: 'nodes', output: 'wide' }],
    ['Show me all services', { resourceType: 'services', allNamespaces: true, output: 'wide' }],
    ['Liệt kê sự kiện', { resourceType: 'events', allNamespaces: true, output: 'wide' }],
  ])('answers %j with kubectl_get %j of mcp-server-kubernetes', async (question, args) => {
    const { rounds } = await converse(question, mcpServerKubernetesTools)
    expect(rounds).toEqual([[{ name: 'kubectl_get', arguments: args }]])
  })

  it.each([
    ['kubectl columns', ALL_PODS],
    ['tabs', tabs(ALL_PODS)],
  ])('counts what it was sent, as %s, and retypes no table', async (_form, result) => {
    const { text } = await converse('Show me all pods', kubernetesMcpServerTools, () => result)
    expect(text).toContain('9 pods, 5 of them not healthy: `api-57c87fb788-f9p9l` (ImagePullBackOff)')
    expect(text).toContain("The table below is the cluster's own data.")
    expect(text).not.toMatch(/AGE|8m31s|\|/)
    expect(text).not.toContain('nightly-settlement')
  })

  it('answers Vietnamese questions in Vietnamese', async () => {
    const { text, reasoning } = await converse('Liệt kê tất cả pod', kubernetesMcpServerTools, () => ALL_PODS)
    expect(text).toContain('9 pod, trong đó 5 không khỏe')
    expect(text).toContain('Bảng bên dưới là dữ liệu của chính cụm.')
    expect(reasoning).toContain('Luật của bản demo')
  })

  it('counts the rows that a shortened table left out', async () => {
    const note =
      '… 4,991 of 5,000 rows left out (statuses: 4,980 Running, 12 CrashLoopBackOff, 8 Completed). Those that are not healthy come first. The person sees the whole table.'
    const { text } = await converse('Show me all pods', kubernetesMcpServerTools, () => `${tabs(ALL_PODS)}\n${note}`)
    expect(text).toContain('5000 pods, 12 of them not healthy')
    expect(text).toContain('and 7 more')
  })

  it('says that all are healthy, or that there are none', async () => {
    const healthy = ALL_PODS.split('\n')
      .filter((line) => /NAME|Running/.test(line))
      .join('\n')
    expect((await converse('Show me all pods', kubernetesMcpServerTools, () => healthy)).text).toContain(
      '3 pods, all of them healthy.',
    )
    expect((await converse('Show me all pods', kubernetesMcpServerTools, () => '(no rows)')).text).toMatch(/^0 pods\./)
    expect(
      (await converse('pods in shop', mcpServerKubernetesTools, () => 'No resources found in shop namespace.')).text,
    ).toContain('0 pods in namespace `shop`.')
  })

  it('knows deployments that are not ready, services without an address, and warnings', async () => {
    const deployments = tabs('NAMESPACE  NAME  READY  UP-TO-DATE\nshop  cart  0/2  2\nshop  web  3/3  3')
    expect((await converse('deployments', kubernetesMcpServerTools, () => deployments)).text).toContain(
      '2 deployments, 1 of them not healthy: `cart` (0/2 READY)',
    )
    const services = tabs(
      'NAMESPACE  NAME  TYPE  CLUSTER-IP  EXTERNAL-IP\nshop  web  LoadBalancer  10.0.0.1  <pending>\nshop  db  ClusterIP  10.0.0.2  <none>',
    )
    expect((await converse('services', kubernetesMcpServerTools, () => services)).text).toContain(
      '`web` (EXTERNAL-IP <pending>)',
    )
    const events = tabs(
      'LAST SEEN  TYPE  REASON  OBJECT  MESSAGE\n1m  Warning  BackOff  pod/a  Back-off\n2m  Warning  BackOff  pod/b  Back-off\n2m  Normal  Pulled  pod/b  Pulled',
    )
    expect((await converse('events', kubernetesMcpServerTools, () => events)).text).toContain(
      '3 events, 2 of them warnings: BackOff (2)',
    )
  })

  it('does not count pods of Running status whose containers are not ready as healthy', async () => {
    const { text } = await converse('pods', kubernetesMcpServerTools, () =>
      tabs('NAMESPACE  NAME  READY  STATUS\nshop  web-1  1/2  Running'),
    )
    expect(text).toContain('1 pod, 1 of them not healthy: `web-1` (1/2 READY)')
  })

  it("says the tool's error", async () => {
    const words = 'failed to list pods: pods is forbidden: User "viewer" cannot list resource "pods"'
    expect((await converse('Show me all pods', kubernetesMcpServerTools, () => words)).text).toContain(
      `The tool answered with an error: ${words}`,
    )
    expect((await converse('Liệt kê tất cả pod', kubernetesMcpServerTools, () => words)).text).toContain(
      `Công cụ trả về lỗi: ${words}`,
    )
  })

  it('uses the offered tools, and reports if there is none', async () => {
    const only = (name: string) => kubernetesMcpServerTools.filter((tool) => tool.name === name)
    expect((await converse('pods in shop', only('pods_list'))).rounds).toEqual([[{ name: 'pods_list', arguments: {} }]])
    expect((await converse('pods in shop', only('resources_list'))).rounds).toEqual([
      [{ name: 'resources_list', arguments: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop' } }],
    ])
    const none = await converse('list nodes', only('pods_list'))
    expect(none.rounds).toEqual([])
    expect(none.text).toContain('None of the tools')
  })

  it('reads the namespace back from a list that has no such column', async () => {
    expect((await converse('pods in shop', mcpServerKubernetesTools, () => podsOf('shop'))).text).toContain(
      '4 pods in namespace `shop`, 2 of them not healthy',
    )
  })

  it('takes verdicts and totals of our own server from its text', async () => {
    const table = `5,060 pods in all namespaces: 12 bad, 400 waiting, 4,648 ok.
By namespace: shop 60, payments 5,000
NAMESPACE\tNAME\tREADY\tSTATUS\tHEALTH
shop\tcart-1\t0/1\tCrashLoopBackOff\tbad
shop\tweb-1\t0/1\tContainerCreating\twaiting: for 3 s
shop\tweb-2\t1/1\tRunning
Shown: 3 of 5,060 rows (1 of 12 bad, 1 of 400 waiting, 1 of 4,648 ok). The user sees all rows.`
    const { text } = await converse('Show me all pods', kubernetesMcpServerTools, () => table)
    expect(text).toMatch(/^5060 pods, 12 of them not healthy: `cart-1` \(CrashLoopBackOff\), and 11 more\./)
  })

  it('does not report unread parts as none', async () => {
    const note = 'Only shop was read; user dev may not list pods of all namespaces.'
    const none = `Not everything could be read: no pods in namespace shop.\n${note}`
    expect((await converse('Show me all pods', kubernetesMcpServerTools, () => none)).text).toMatch(
      /^0 pods\.\n\n> Only shop was read/,
    )
    const some = `Not everything could be read: 1 pods in namespace shop: 0 bad, 1 ok.\n${note}\nNAMESPACE\tNAME\tREADY\tSTATUS\nshop\tweb-1\t1/1\tRunning`
    expect((await converse('Show me all pods', kubernetesMcpServerTools, () => some)).text).toContain(`> ${note}`)
    const empty = 'no pods in namespace shop.'
    expect((await converse('pods in shop', kubernetesMcpServerTools, () => empty)).text).toMatch(
      /^0 pods in namespace `shop`\./,
    )
  })
})
