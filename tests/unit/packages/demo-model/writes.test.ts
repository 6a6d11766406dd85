import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { converse, tabs } from './converse'
import { kubernetesMcpServerWriting, mcpServerKubernetesWriting } from './foreign-tools'
import type { Call } from './converse'

const APPS = { apiVersion: 'apps/v1', kind: 'Deployment' }
const WEB = { name: 'web', namespace: 'shop' }

describe('a change that is asked for in full', () => {
  it.each([
    ['scale web in shop to 5', 'resources_scale', { ...APPS, ...WEB, scale: 5 }],
    [
      'Please scale the deployment web in namespace shop to 5 replicas',
      'resources_scale',
      { ...APPS, ...WEB, scale: 5 },
    ],
    ['Scale shop/web to 0', 'resources_scale', { ...APPS, ...WEB, scale: 0 }],
    ['scale deployment/web -n shop to 2', 'resources_scale', { ...APPS, ...WEB, scale: 2 }],
    [
      'Scale the statefulset ledger in payments to 3',
      'resources_scale',
      { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'ledger', namespace: 'payments', scale: 3 },
    ],
    ['Scale deployment web trong shop lên 5', 'resources_scale', { ...APPS, ...WEB, scale: 5 }],
    ['Tăng số bản sao của web trong shop lên 5', 'resources_scale', { ...APPS, ...WEB, scale: 5 }],
    ['Giảm web trong namespace shop xuống 1 bản sao', 'resources_scale', { ...APPS, ...WEB, scale: 1 }],
    ['Delete pod ledger-0 in payments', 'pods_delete', { name: 'ledger-0', namespace: 'payments' }],
    ['Xóa pod ledger-0 trong namespace payments', 'pods_delete', { name: 'ledger-0', namespace: 'payments' }],
    ['delete the deployment web from shop', 'resources_delete', { ...APPS, ...WEB }],
    ['Delete namespace lab', 'resources_delete', { apiVersion: 'v1', kind: 'Namespace', name: 'lab' }],
    ['delete the lab namespace', 'resources_delete', { apiVersion: 'v1', kind: 'Namespace', name: 'lab' }],
    ['Xóa namespace lab', 'resources_delete', { apiVersion: 'v1', kind: 'Namespace', name: 'lab' }],
    [
      'Delete configmap web-config in shop',
      'resources_delete',
      { apiVersion: 'v1', kind: 'ConfigMap', name: 'web-config', namespace: 'shop' },
    ],
    [
      'Install chart /srv/Charts/hello as hi in namespace lab',
      'helm_install',
      { chart: '/srv/Charts/hello', name: 'hi', namespace: 'lab' },
    ],
    [
      'install the chart "charts/hello" in lab',
      'helm_install',
      { chart: 'charts/hello', name: 'hello', namespace: 'lab' },
    ],
    [
      'Cài đặt chart charts/hello với tên hi trong namespace lab',
      'helm_install',
      { chart: 'charts/hello', name: 'hi', namespace: 'lab' },
    ],
    ['Uninstall release hi in lab', 'helm_uninstall', { name: 'hi', namespace: 'lab' }],
    ['delete the Helm release hi in namespace lab', 'helm_uninstall', { name: 'hi', namespace: 'lab' }],
    ['Gỡ release hi trong lab', 'helm_uninstall', { name: 'hi', namespace: 'lab' }],
    ['List Helm releases in lab', 'helm_list', { namespace: 'lab' }],
    ['Show all Helm releases', 'helm_list', { all_namespaces: true }],
  ])('%j calls %s %j of kubernetes-mcp-server', async (question, name, args) => {
    const { rounds } = await converse(question, kubernetesMcpServerWriting, () => '(no rows)')
    expect(rounds).toEqual([[{ name, arguments: args }]])
  })

  it.each([
    ['scale web in shop to 5', 'kubectl_scale', { resourceType: 'deployment', ...WEB, replicas: 5 }],
    [
      'Restart deployment web in shop',
      'kubectl_rollout',
      { subCommand: 'restart', resourceType: 'deployment', ...WEB },
    ],
    [
      'Khởi động lại deployment web trong shop',
      'kubectl_rollout',
      { subCommand: 'restart', resourceType: 'deployment', ...WEB },
    ],
    [
      'Delete pod ledger-0 in payments',
      'kubectl_delete',
      { resourceType: 'pod', name: 'ledger-0', namespace: 'payments' },
    ],
    ['Delete namespace lab', 'kubectl_delete', { resourceType: 'namespace', name: 'lab' }],
    ['Install chart ./hello as hi in lab', 'install_helm_chart', { chart: './hello', name: 'hi', namespace: 'lab' }],
    [
      'Upgrade release hi to chart ./hello in lab',
      'upgrade_helm_chart',
      { chart: './hello', name: 'hi', namespace: 'lab' },
    ],
    ['Uninstall hi in lab', 'uninstall_helm_chart', { name: 'hi', namespace: 'lab' }],
  ])('%j calls %s %j of mcp-server-kubernetes', async (question, name, args) => {
    const { rounds } = await converse(question, mcpServerKubernetesWriting, () => '(no rows)')
    expect(rounds).toEqual([[{ name, arguments: args }]])
  })

  it.each([
    ['Create configmap Settings in lab with LOG_LEVEL=debug and GREETING="Hello there"'],
    ['Set LOG_LEVEL=debug and GREETING="Hello there" in configmap settings in lab'],
    ['Tạo configmap settings trong lab với LOG_LEVEL=debug, GREETING="Hello there"'],
  ])('%j applies a manifest', async (question) => {
    const { rounds } = await converse(question, kubernetesMcpServerWriting, () => 'name: settings')
    expect(rounds[0]?.map(({ name }) => name)).toEqual(['resources_create_or_update'])
    expect(parse(String(rounds[0]?.[0]?.arguments.resource))).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'lab' },
      data: { LOG_LEVEL: 'debug', GREETING: 'Hello there' },
    })
  })

  it('creates a namespace by a manifest', async () => {
    const { rounds } = await converse('Create namespace lab', mcpServerKubernetesWriting, () => 'namespace/lab created')
    expect(rounds[0]?.[0]).toMatchObject({ name: 'kubectl_apply' })
    expect(parse(String(rounds[0]?.[0]?.arguments.manifest))).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'lab' },
    })
  })
})

describe('a change without its namespace', () => {
  const list = (...rows: string[]) => tabs(['NAMESPACE  NAME  READY', ...rows].join('\n'))
  const listed = (text: string) => (call: Call) => (call.name === 'resources_list' ? text : 'replicas: 5')

  it('looks for the object first', async () => {
    const { rounds } = await converse(
      'Scale the deployment web to 5',
      kubernetesMcpServerWriting,
      listed(list('payments  api  2/2', 'shop  web  3/3')),
    )
    expect(rounds).toEqual([
      [{ name: 'resources_list', arguments: APPS }],
      [{ name: 'resources_scale', arguments: { ...APPS, ...WEB, scale: 5 } }],
    ])
  })

  it.each([
    ['of that name, and not one like it', list('shop  web-admin  1/1'), 'There is no Deployment `web` in the cluster'],
    ['where there are several', list('shop  web  3/3', 'lab  web  1/1'), 'is in several namespaces: `shop`, `lab`'],
    ['where the list fails', 'deployments.apps is forbidden: no', 'is forbidden'],
  ])('changes nothing %s', async (_what, text, words) => {
    const conversation = await converse('Scale web to 5', kubernetesMcpServerWriting, listed(text))
    expect(conversation.rounds).toHaveLength(1)
    expect(conversation.text).toContain(words)
  })

  it.each(['Install chart ./hello as hi', 'Uninstall release hi', 'Create configmap settings with A=b'])(
    'asks for the place, for %j',
    async (question) => {
      const { rounds, text } = await converse(question, kubernetesMcpServerWriting)
      expect(rounds).toEqual([])
      expect(text).toContain('Say in which namespace')
    },
  )
})

describe('what came of it', () => {
  const scale = (result: string, row?: string, question = 'scale web in shop to 5') =>
    converse(
      question,
      kubernetesMcpServerWriting,
      () => result,
      8,
      () => (row === undefined ? undefined : { call: { name: 'resources_list', arguments: APPS }, result: row }),
    )
  const row = (ready: string) => tabs(`NAMESPACE  NAME  READY  UP-TO-DATE\nshop  web  ${ready}  5`)

  it("reports the action and the cluster's state", async () => {
    const { text, rounds } = await scale('kind: Scale\nspec:\n  replicas: 5', row('3/5'))
    expect(rounds).toHaveLength(1)
    expect(text).toContain('Deployment `web` in namespace `shop` was scaled to 5.')
    expect(text).toContain('The cluster now shows Deployment `web` with READY 3/5, UP-TO-DATE 5.')
    expect(text).toContain('Not all of its pods are ready yet.')
    expect((await scale('replicas: 5', row('5/5'))).text).not.toContain('Not all')
  })

  it('says it in Vietnamese', async () => {
    const { text } = await scale('replicas: 5', row('5/5'), 'Scale web trong shop lên 5 bản sao')
    expect(text).toContain('Deployment `web` trong namespace `shop` đã được đặt thành 5 bản sao.')
    expect(text).toContain('Cụm hiện cho thấy Deployment `web` với READY 5/5')
  })

  it.each([
    [
      'Not run: the person declined this call. Do not call it again; ask what to do instead. They said: not today',
      'You declined it, so nothing was changed. You said: not today',
    ],
    [
      'Not run: the person declined this call. Do not call it again; ask what to do instead.',
      'You declined it, so nothing was changed.',
    ],
    [
      'Not run: the approval came too late. Call the tool again to ask anew.',
      'It was not run, and nothing was changed. Not run: the approval came too late.',
    ],
    [
      'failed to update scale: deployments.apps "web" is forbidden: User "viewer" cannot update resource "deployments/scale"',
      'The cluster refused it, and nothing was changed: failed to update scale: deployments.apps "web" is forbidden',
    ],
    [
      'The outcome of resources_scale is unknown: the server is gone. It may have run, and it was not repeated.',
      'Whether it was done is not known: The outcome of resources_scale is unknown',
    ],
    ['failed to get/update resource scale: deployments.apps "web" not found', 'It failed: failed to get/update'],
  ])('of %j is reported, without asking again', async (result, words) => {
    const { rounds, text } = await scale(result)
    expect(rounds).toHaveLength(1)
    expect(text).toContain(words)
    expect(text).not.toContain('was scaled')
  })

  it.each([
    [
      'Delete pod web-1 in shop',
      'NAMESPACE  NAME  READY  STATUS\nshop  web-1  0/1  ContainerCreating',
      'lists Pod `web-1` again',
    ],
    [
      'Delete pod web-1 in shop',
      'NAMESPACE  NAME  READY  STATUS\nshop  web-1  1/1  Terminating',
      'still lists Pod `web-1`',
    ],
    ['Delete deployment web in shop', '(no rows)', 'The cluster no longer lists Deployment `web`.'],
    ['Uninstall release hi in lab', 'No Helm releases found', 'The cluster no longer lists release `hi`.'],
    ['Uninstall release hi in lab', '(no rows)', 'The cluster no longer lists release `hi`.'],
    [
      'Install chart ./hello as hi in lab',
      'NAME  NAMESPACE  REVISION  STATUS\nhi  lab  1  deployed',
      'The cluster now shows release `hi` with STATUS deployed, REVISION 1.',
    ],
  ])('of %j read back as %j', async (question, read, words) => {
    const result = read.includes('NAME') ? tabs(read) : read
    const { text } = await converse(
      question,
      kubernetesMcpServerWriting,
      () => 'done',
      8,
      () => ({
        call: { name: 'resources_list', arguments: {} },
        result,
      }),
    )
    expect(text).toContain(words)
  })
})

describe('a change that cannot be made', () => {
  it('names what the MCP server in use lacks', async () => {
    const restart = await converse('Restart deployment web in shop', kubernetesMcpServerWriting)
    expect(restart.rounds).toEqual([])
    expect(restart.text).toContain('The MCP server in use has no tool to restart rollouts: nothing was changed.')
    const upgrade = await converse('Nâng cấp release hi lên chart ./hello trong lab', kubernetesMcpServerWriting)
    expect(upgrade.text).toContain('không có công cụ để nâng cấp release Helm')
  })

  it.each(['Edit node demo-worker-1', 'Scale web in shop', 'Delete everything', 'Edit the deployment web', 'Patch it'])(
    'says of %j which changes it knows',
    async (question) => {
      const { rounds, text } = await converse(question, kubernetesMcpServerWriting)
      expect(rounds).toEqual([])
      expect(text).toContain('a change that the demo rules do not know how to make')
      expect(text).toContain('"Scale NAME in NAMESPACE to 5"')
    },
  )
})
