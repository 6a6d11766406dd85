import { describe, expect, it } from 'vitest'
import { quotedWords } from '../../../shared/messages/create'
import { createPolicy, withDefaults } from '../../../server/agent/policy'
import { serverTool } from '../../support/brands'

type Args = Record<string, unknown>

const approve = createPolicy({ mode: 'approve' })
const readOnly = createPolicy({ mode: 'read-only', readOnlyReason: quotedWords('alice is not among AUTH_WRITERS.') })
const modes = [approve, readOnly]

const reasonOf = (tool: string, args: Args = {}, policy = approve): string => {
  const decision = policy.decide(serverTool(tool), args)
  return decision.kind === 'denied' ? decision.reason.text : `${decision.kind}!`
}

/** Denied in both modes, for every user. */
const denied: [tool: string, args: Args][] = [
  ['configuration_view', {}],
  ['kubectl_generic', { command: 'get', resourceType: 'pods' }],
  ['kubectl_generic', { command: 'delete', args: ['pod', 'web'], flags: { 'dry-run': 'server' } }],
  ['kubectl_context', { operation: 'list' }],
  ['kubectl_reconnect', {}],
  ['exec_in_pod', { name: 'web', command: ['id'] }],
  ['pods_exec', { name: 'web', command: ['id'] }],
  ['port_forward', {}],
  ['stop_port_forward', { id: '1' }],
  ['cleanup', {}],
  ['pods_list', { context: 'admin' }],
  ['pods_list', { kube_context: 'admin' }],
  ['pods_list', { Context: 'admin' }],
  ['kubectl_scale', { name: 'web', replicas: 2, as_group: 'system:masters' }],
  ['kubectl_get', { resourceType: 'pods', context: 'admin' }],
  ['kubectl_apply', { manifest: 'kind: Pod', context: 'admin' }],
  ['kubectl_get', { resourceType: 'secrets' }],
  ['kubectl_get', { resourceType: 'Secret', name: 'x' }],
  ['kubectl_get', { resourceType: 'pods,secrets' }],
  ['kubectl_get', { resourceType: 'secrets.v1.' }],
  ['kubectl_get', { resourceType: 'secret/gateway' }],
  ['kubectl_get', { resourceType: 'ſecrets' }],
  ['kubectl_get', { resourceType: ['secrets'] }],
  ['kubectl_describe', { resourceType: 'SECRETS', name: 'x' }],
  ['resources_list', { apiVersion: 'v1', kind: 'Secret' }],
  ['resources_list', { apiVersion: 'v1', kind: 'SecretList' }],
  ['resources_get', { apiVersion: 'v1', kind: 'secret', name: 'x' }],
  ['resources_scale', { apiVersion: 'v1', kind: 'Secret', name: 'x' }],
  ['kubectl_logs', { resourceType: 'pod', name: '--context=admin', namespace: 'shop' }],
  ['kubectl_get', { resourceType: 'pods', labelSelector: '--token=abc' }],
  ['kubectl_get', { resourceType: 'pods', labelSelector: 'x'.repeat(5000) }],
  ['kubectl_get', { resourceType: 'pods', namespace: ' -n kube-system' }],
  ['kubectl_get', { resourceType: 'pods --context=admin' }],
  ['nodes_log', { name: 'https:node-1:9100', query: 'kubelet' }],
  ['pods_log', { name: '../../secrets' }],
  ['pods_log', { name: ['web'] }],
  ['pods_get', { name: 'web', namespace: 'a b' }],
  ['nodes_log', { name: 'node-1', query: '/var/log/audit.log' }],
  ['list_api_resources', { verbs: ['list', '--server=http://elsewhere'] }],
  ['pods_delete', { name: '../../nodes/node-1' }],
  ['kubectl_scale', { name: 'web --token=x', replicas: 2 }],
  ['kubectl_delete', { resourceType: 'pods -A', name: 'web' }],
  ['a_tool_nobody_knows', { kind: 'Secret', name: 'x' }],
]

describe('the policy', () => {
  it.each(denied)('denies %s %j', (tool, args) => {
    expect(modes.map((policy) => policy.decide(serverTool(tool), args).kind)).toEqual(['denied', 'denied'])
  })

  it.each<[string, Args]>([
    ['kubectl_scale', { name: 'web', namespace: 'shop', replicas: 5 }],
    ['pods_delete', { name: 'web-1', namespace: 'shop' }],
    ['helm_uninstall', { name: 'cart', namespace: 'shop' }],
    ['a_tool_nobody_knows', { anything: 1 }],
    ['node_management', { operation: 'drain', nodeName: 'node-1' }],
    ['kubectl_rollout', { subCommand: 'restart', resourceType: 'deployment', name: 'web', namespace: 'shop' }],
    ['kubectl_rollout', { resourceType: 'deployment', name: 'web', namespace: 'shop' }],
    ['resources_scale', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', scale: 0 }],
  ])('asks a person for %s %j, or says why it is read-only', (tool, args) => {
    expect(approve.decide(serverTool(tool), args).kind).toBe('write')
    expect(reasonOf(tool, args, readOnly)).toMatch(/read-only\. alice is not among AUTH_WRITERS\. Nothing was changed/)
  })

  it.each<[string, Args]>([
    ['pods_list', { labelSelector: 'app in (web, cart)' }],
    ['kubectl_get', { resourceType: 'deployments.apps', allNamespaces: true }],
    ['resources_list', { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' }],
    ['explain_resource', { resource: 'secret.data' }],
    ['kubectl_logs', { resourceType: 'pod', name: 'web-5d9', namespace: 'shop', tail: 10 }],
    ['resources_get', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'system:node' }],
    ['kubectl_rollout', { subCommand: 'history', resourceType: 'deployment', name: 'web', namespace: 'shop' }],
    ['resources_scale', { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }],
    ['node_management', { operation: 'list' }],
    ['helm_list', {}],
  ])('lets %s %j read', (tool, args) => {
    expect(modes.map((policy) => policy.decide(serverTool(tool), args))).toEqual([{ kind: 'read' }, { kind: 'read' }])
  })

  it('offers read tools, in approve mode also writing ones, and never denied ones', () => {
    const offered = (tool: string) => modes.map((policy) => policy.isOffered(serverTool(tool)))
    expect(offered('pods_list')).toEqual([true, true])
    for (const tool of ['kubectl_apply', 'helm_install', 'a_tool_nobody_knows'])
      expect(offered(tool)).toEqual([true, false])
    for (const tool of ['configuration_view', 'pods_exec', 'kubectl_generic'])
      expect(offered(tool)).toEqual([false, false])
  })

  it('takes annotations for stricter, never for looser', () => {
    expect(approve.decide(serverTool('pods_list'), {}, { destructiveHint: true }).kind).toBe('write')
    expect(approve.decide(serverTool('pods_list'), {}, { readOnlyHint: false }).kind).toBe('write')
    expect(readOnly.decide(serverTool('pods_list'), {}, { readOnlyHint: false }).kind).toBe('denied')
    expect(readOnly.isOffered(serverTool('pods_list'), { destructiveHint: true })).toBe(false)
    const harmless = { readOnlyHint: true, destructiveHint: false }
    expect(approve.decide(serverTool('pods_list'), {}, harmless).kind).toBe('read')
    expect(approve.decide(serverTool('pods_delete'), { name: 'x' }, harmless).kind).toBe('write')
    expect(approve.decide(serverTool('a_tool_nobody_knows'), {}, harmless).kind).toBe('write')
    expect(approve.decide(serverTool('configuration_view'), {}, harmless).kind).toBe('denied')
  })

  it('survives huge and deep values', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)
    expect(reasonOf('pods_list', { deep })).toMatch(/nested/)
    expect(reasonOf('kubectl_apply', { manifest: 'x'.repeat(200_000) })).toMatch(/128 KiB/)
    expect(reasonOf('kubectl_apply', { manifest: '['.repeat(100_000) })).toMatch(/nested/)
  })

  it('always asks mcp-server-kubernetes for the wide table', () => {
    expect(withDefaults(serverTool('kubectl_get'), { resourceType: 'pods' })).toMatchObject({ output: 'wide' })
    expect(withDefaults(serverTool('kubectl_get'), { resourceType: 'pods', output: 'json' })).toMatchObject({
      output: 'wide',
    })
    expect(withDefaults(serverTool('kubectl_get'), { resourceType: 'pod', name: 'web' })).toMatchObject({
      output: 'yaml',
    })
  })

  it('bounds logs, never follows them, and does not wait for a rollout', () => {
    expect(withDefaults(serverTool('kubectl_logs'), { name: 'web', follow: true })).toEqual({ name: 'web', tail: 200 })
    expect(withDefaults(serverTool('pods_log'), { name: 'web', tail: 1e9 })).toEqual({ name: 'web', tail: 2000 })
    expect(withDefaults(serverTool('nodes_log'), { name: 'n', query: 'kubelet', tailLines: 0 })).toMatchObject({
      tailLines: 200,
    })
    expect(withDefaults(serverTool('pods_log'), { name: 'web', tail: 7 })).toEqual({ name: 'web', tail: 7 })
    expect(withDefaults(serverTool('kubectl_rollout'), { subCommand: 'status', watch: true })).toMatchObject({
      watch: false,
    })
  })

  it('accepts arguments of any shape, and refuses other values for texts (writes-31)', () => {
    const odd: unknown[] = [
      { toString: 'x' },
      { toJSON: 1 },
      [[]],
      [{ valueOf: null }],
      Infinity,
      null,
      true,
      { a: [{}] },
    ]
    const names = [
      'kind',
      'name',
      'namespace',
      'resourceType',
      'chart',
      'repo',
      'values',
      'output',
      'manifest',
      'scale',
    ]
    const tools = ['resources_delete', 'kubectl_apply', 'helm_install', 'kubectl_get', 'nodes_log', 'kubectl_scale']
    for (const tool of tools)
      for (const name of names)
        for (const value of odd)
          for (const server of [undefined, 'k8s-ai-assistant-mcp' as const])
            expect(['read', 'write', 'denied']).toContain(
              approve.decide(serverTool(tool), { [name]: value }, undefined, server).kind,
            )
    expect(reasonOf('resources_delete', { kind: { toString: 'x' } })).toMatch(/must be a text/)
  })

  it('lets a change by our own server be planned: its plan says what it touches', () => {
    const own = 'k8s-ai-assistant-mcp'
    const strict = createPolicy({ mode: 'approve', rules: { kinds: { deny: ['Deployment'] } } })
    expect(strict.decide(serverTool('kubectl_scale'), { name: 'web' }, undefined, own).kind).toBe('write')
    expect(strict.decide(serverTool('kubectl_rollout'), { action: 'status', name: 'web' }, undefined, own).kind).toBe(
      'denied',
    )
    expect(approve.decide(serverTool('kubectl_rollout'), { action: 'restart', name: 'web' }, undefined, own).kind).toBe(
      'write',
    )
    expect(approve.decide(serverTool('kubectl_rollout'), { command: ['Undo'], name: 'web' }, undefined, own).kind).toBe(
      'write',
    )
    expect(approve.decide(serverTool('kubectl_rollout'), { action: 'history', name: 'web' }, undefined, own).kind).toBe(
      'read',
    )
    expect(readOnly.decide(serverTool('kubectl_scale'), { name: 'web' }, undefined, own).kind).toBe('denied')
  })

  it('allows changes of a cluster that cannot be read by our own server alone', () => {
    const planned = createPolicy({ mode: 'approve', plannedOnly: quotedWords('The cluster is not verified.') })
    expect(planned.decide(serverTool('pods_delete'), { name: 'x' })).toEqual({
      kind: 'denied',
      reason: quotedWords('The cluster is not verified.'),
    })
    expect(planned.isOffered(serverTool('pods_delete'))).toBe(false)
    expect(planned.isOffered(serverTool('pods_list'))).toBe(true)
    expect(planned.isOffered(serverTool('kubectl_delete'), undefined, 'k8s-ai-assistant-mcp')).toBe(true)
  })
})
