/** Calls of servers that cannot preview: the reads before and after them, and refused calls. */
import { describe, expect, it } from 'vitest'
import { createPolicy } from '../../../server/agent/policy'
import { prepareChange, readsAfter } from '../../../server/preview'
import { scriptedToolbox } from '../../support/agent/scripted'
import { serverTool } from '../../support/brands'

const THEIRS = 'kubernetes-mcp-server'
const KUBECTL = 'mcp-server-kubernetes'
type Args = Record<string, unknown>

const policy = createPolicy({ mode: 'approve' })
const { signal } = new AbortController()
const manifest = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\n'
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop' }
const serverOf = (tool: string) => (/^(resources|pods|helm)_/.test(tool) ? THEIRS : KUBECTL)
const isDenied = (tool: string, args: Args) =>
  policy.decide(serverTool(tool), args, undefined, serverOf(tool)).kind === 'denied'

describe('the read after a change by another server', () => {
  const row = { ...deployment, fieldSelector: 'metadata.name=web' }
  const wide = { namespace: 'shop', fieldSelector: 'metadata.name=web', output: 'wide' }
  it.each<[string, Args, string, Args]>([
    ['resources_create_or_update', { resource: manifest }, 'resources_list', row],
    ['resources_delete', { ...deployment, name: 'web' }, 'resources_list', row],
    [
      'pods_delete',
      { name: 'a', namespace: 'shop' },
      'resources_list',
      { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', fieldSelector: 'metadata.name=a' },
    ],
    ['helm_uninstall', { name: 'cart' }, 'helm_list', {}],
    [
      'kubectl_scale',
      { name: 'web', namespace: 'shop', replicas: 5 },
      'kubectl_get',
      { resourceType: 'deployment', ...wide },
    ],
    ['kubectl_apply', { manifest }, 'kubectl_get', { resourceType: 'Deployment.v1.apps', ...wide }],
    ['kubectl_delete', { manifest }, 'kubectl_get', { resourceType: 'Deployment.v1.apps', ...wide }],
    [
      'kubectl_patch',
      { resourceType: 'deploy', name: 'web', namespace: 'shop' },
      'kubectl_get',
      { resourceType: 'deploy', ...wide },
    ],
    [
      'kubectl_rollout',
      { resourceType: 'deployment', name: 'web', namespace: 'shop', subCommand: 'restart' },
      'kubectl_get',
      { resourceType: 'deployment', ...wide },
    ],
    [
      'kubectl_create',
      { resourceType: 'namespace', name: 'a' },
      'kubectl_get',
      { resourceType: 'namespace', fieldSelector: 'metadata.name=a', output: 'wide' },
    ],
    ['upgrade_helm_chart', { name: 'cart', chart: 'x', namespace: 'shop' }, 'helm_list', { namespace: 'shop' }],
  ])('is a row of its object: %s %j', (tool, args, read, expected) => {
    expect(readsAfter([{ tool: serverTool(tool), server: serverOf(tool), arguments: args }])).toEqual([
      { tool: read, arguments: expected },
    ])
  })

  it.each<[string, Args]>([
    ['kubectl_delete', { resourceType: 'secrets.v1.', name: 'a' }],
    ['kubectl_patch', { resourceType: 'secret', name: 's' }],
    ['kubectl_delete', { resourceType: 'pods', labelSelector: 'app=web', allNamespaces: true }],
    ['kubectl_apply', { manifest: 'a: b: c' }],
    ['resources_delete', { apiVersion: 'v1/../..', kind: 'Pod', name: 'x' }],
    ['some_tool', { name: 'a' }],
  ])('is none of Secrets, of what is not one object, or of an odd version: %s %j', (tool, args) => {
    expect(readsAfter([{ tool: serverTool(tool), server: serverOf(tool), arguments: args }])).toEqual([])
  })
})

describe('names that could be more than names', () => {
  it.each<[string, Args]>([
    ['kubectl_scale', { name: '--context=admin', replicas: 1 }],
    ['kubectl_scale', { name: 'web', namespace: '../kube-system', replicas: 1 }],
    ['kubectl_scale', { name: 'web', resourceType: 'deployment --token=x', replicas: 1 }],
    ['kubectl_scale', { name: 'web', resourceType: '-f', replicas: 1 }],
    ['kubectl_patch', { name: 'web', resourceType: 'deployment/../x', patchData: {} }],
    ['kubectl_patch', { name: ['web', '--as=admin'], resourceType: 'deployment', patchData: {} }],
    ['kubectl_delete', { resourceType: 'pods', labelSelector: '--all' }],
    ['kubectl_delete', { resourceType: 'pods', labelSelector: 'a=b --context=admin' }],
    ['kubectl_rollout', { name: 'a b', resourceType: 'deployment', subCommand: 'restart' }],
    ['node_management', { nodeName: '../../etc', operation: 'drain' }],
    ['resources_delete', { apiVersion: 'v1/../..', kind: 'Pod', name: 'x' }],
    ['resources_delete', { apiVersion: 'v1', kind: 'Pod', name: 'x/../../secrets/y' }],
    ['uninstall_helm_chart', { name: '--kube-token=x', namespace: '--all' }],
  ])('are refused, or reach no read: %s %j', async (tool, args) => {
    if (isDenied(tool, args)) return
    const toolbox = scriptedToolbox({ resources_get: 'kind: Pod', kubectl_get: 'kind: Pod' })
    await prepareChange({ tool: serverTool(tool), server: serverOf(tool), arguments: args }, toolbox, signal)
    expect(toolbox.calls).toEqual([])
  })

  it.each<[string, Args]>([
    ['kubectl_delete', { filename: '/tmp/x.yaml' }],
    ['kubectl_delete', { manifest: 'kind: ConfigMap\nkind: Namespace\napiVersion: v1\nmetadata: {name: payments}\n' }],
    ['kubectl_delete', { manifest: '- no object' }],
    ['kubectl_delete', { resourceType: 'pod/x', name: 'ns/payments' }],
    ['kubectl_apply', { filename: '/etc/passwd' }],
    ['kubectl_apply', { manifest: 'a: b: c' }],
    ['kubectl_apply', { manifest: 'kind: A' }],
  ])('are refused if nobody can see what they mean: %s %j', (tool, args) => {
    expect(isDenied(tool, args)).toBe(true)
  })
})

describe('a deletion of a namespace', () => {
  const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: payments}\n'
  it.each<[Args, string]>([
    [{ resourceType: 'Namespaces', name: 'payments' }, 'payments'],
    [{ resourceType: 'namespace.v1.', name: 'payments' }, 'payments'],
    [{ resourceType: 'pods,ns', name: 'payments' }, 'payments'],
    [{ manifest: namespace }, 'payments'],
    [{ manifest: 'kind: NamespaceList\napiVersion: v1\nitems: [{metadata: {name: payments}}]' }, 'payments'],
    [{ resourceType: 'ns', labelSelector: 'name=payments' }, 'kubectl_delete'],
  ])('asks for a typed name in any spelling (writes-10): %j', async (args, name) => {
    const toolbox = scriptedToolbox({})
    const prepared = await prepareChange(
      { tool: serverTool('kubectl_delete'), server: KUBECTL, arguments: args },
      toolbox,
      signal,
    )
    expect(prepared).toMatchObject({ kind: 'change', change: { confirm: name } })
  })
})

describe('a Job with a command by mcp-server-kubernetes', () => {
  const job = { resourceType: 'job', name: 'x', image: 'busybox', command: ['sh', '-c', 'echo hi'] }
  const rules = { namespaces: { writes: ['shop'] } }
  const inShop = createPolicy({ mode: 'approve', rules })

  it('is refused where its dry run would be real, and in another namespace (writes-9)', () => {
    for (const args of [
      { ...job, dryRun: true },
      { ...job, namespace: 'shop' },
      { ...job, namespace: 'shop', dryRun: true },
    ])
      for (const each of [policy, inShop])
        expect(each.decide(serverTool('kubectl_create'), args, undefined, KUBECTL)).toMatchObject({ kind: 'denied' })
    expect(
      policy.decide(serverTool('kubectl_create'), { ...job, namespace: 'shop' }, undefined, KUBECTL),
    ).toMatchObject({
      reason: { code: 'policy-create-command' },
    })
    expect(policy.decide(serverTool('kubectl_create'), job, undefined, KUBECTL).kind).toBe('write')
    const { command: _, ...plain } = job
    expect(
      policy.decide(serverTool('kubectl_create'), { ...plain, namespace: 'shop', dryRun: true }, undefined, KUBECTL)
        .kind,
    ).toBe('write')
  })
})
