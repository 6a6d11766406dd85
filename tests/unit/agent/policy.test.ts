import { describe, expect, it } from 'vitest'
import { decide, isOffered, withDefaults } from '../../../server/agent/policy'

const denied: [tool: string, args: Record<string, unknown>][] = [
  ['configuration_view', {}],
  ['kubectl_context', { operation: 'list' }],
  ['kubectl_generic', { command: 'get' }],
  ['exec_in_pod', { name: 'web', command: ['id'] }],
  ['pods_exec', { name: 'web', command: ['id'] }],
  ['port_forward', {}],
  ['pods_list', { context: 'admin' }],
  ['kubectl_get', { resourceType: 'pods', context: 'admin' }],
  ['kubectl_get', { resourceType: 'secrets' }],
  ['kubectl_get', { resourceType: 'Secret', name: 'x' }],
  ['kubectl_get', { resourceType: 'pods,secrets' }],
  ['kubectl_get', { resourceType: 'secrets.v1.' }],
  ['kubectl_get', { resourceType: 'secret/gateway' }],
  ['kubectl_describe', { resourceType: 'SECRETS', name: 'x' }],
  ['resources_list', { apiVersion: 'v1', kind: 'Secret' }],
  ['resources_get', { apiVersion: 'v1', kind: 'secret', name: 'x' }],
  ['kubectl_logs', { resourceType: 'pod', name: '--context=admin', namespace: 'shop' }],
  ['kubectl_get', { resourceType: 'pods', labelSelector: '--token=abc' }],
  ['kubectl_get', { resourceType: 'pods', namespace: ' -n kube-system' }],
  ['kubectl_get', { resourceType: 'pods --context=admin' }],
  ['nodes_log', { name: 'https:node-1:9100', query: 'kubelet' }],
  ['pods_log', { name: '../../secrets' }],
  ['pods_get', { name: 'web', namespace: 'a b' }],
  ['nodes_log', { name: 'node-1', query: '/var/log/audit.log' }],
  ['list_api_resources', { verbs: ['list', '--server=http://elsewhere'] }],
]

describe('the policy', () => {
  it.each(denied)('denies %s %j', (tool, args) => {
    expect(decide(tool, args).kind).toBe('denied')
  })

  it.each(['kubectl_apply', 'pods_delete', 'helm_install', 'a_tool_nobody_knows', 'node_management'])(
    'takes %s for a write',
    (tool) => {
      expect(decide(tool, {}).kind).toBe('write')
      expect(isOffered(tool)).toBe(false)
    },
  )

  it.each<[string, Record<string, unknown>]>([
    ['pods_list', { labelSelector: 'app in (web, cart)' }],
    ['kubectl_get', { resourceType: 'deployments.apps', allNamespaces: true }],
    ['resources_list', { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' }],
    ['explain_resource', { resource: 'secret.data' }],
    ['kubectl_logs', { resourceType: 'pod', name: 'web-5d9', namespace: 'shop', tail: 10 }],
    ['resources_get', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'system:node' }],
  ])('lets %s %j read', (tool, args) => {
    expect(decide(tool, args).kind).toBe('read')
  })

  it('always asks mcp-server-kubernetes for the wide table', () => {
    expect(withDefaults('kubectl_get', { resourceType: 'pods' })).toMatchObject({ output: 'wide' })
    expect(withDefaults('kubectl_get', { resourceType: 'pods', output: 'json' })).toMatchObject({ output: 'wide' })
    expect(withDefaults('kubectl_get', { resourceType: 'pod', name: 'web' })).toMatchObject({ output: 'yaml' })
  })

  it('takes a manifest for what it is: a write, with its line breaks and dashes', () => {
    const manifest = 'apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n'
    expect(decide('kubectl_apply', { manifest }).kind).toBe('write')
    expect(decide('resources_create_or_update', { resource: manifest }).kind).toBe('write')
    expect(decide('kubectl_apply', { manifest, context: 'admin' }).kind).toBe('denied')
  })

  it('bounds logs and never follows them', () => {
    expect(withDefaults('kubectl_logs', { name: 'web', follow: true })).toEqual({ name: 'web', tail: 200 })
    expect(withDefaults('pods_log', { name: 'web', tail: 1e9 })).toEqual({ name: 'web', tail: 2000 })
    expect(withDefaults('nodes_log', { name: 'n', query: 'kubelet', tailLines: 0 })).toMatchObject({ tailLines: 200 })
    expect(withDefaults('pods_log', { name: 'web', tail: 7 })).toEqual({ name: 'web', tail: 7 })
  })
})
