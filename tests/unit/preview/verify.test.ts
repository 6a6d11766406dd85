import { describe, expect, it } from 'vitest'
import { verificationCall } from '../../../server/preview'

const CONT = new Set(['resources_list', 'resources_get', 'helm_list'])
const FLUX = new Set(['kubectl_get'])
const manifest = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: shop}\n'
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop' }
const row = ['resources_list', { ...deployment, fieldSelector: 'metadata.name=web' }]
const wide = { namespace: 'shop', output: 'wide' }
const chart = { name: 'cart', chart: 'x', namespace: 'shop' }

describe('the read after a write', () => {
  it.each<[string, Record<string, unknown>, unknown[] | undefined]>([
    ['resources_scale', { ...deployment, name: 'web', scale: 5 }, row],
    ['resources_create_or_update', { resource: manifest }, row],
    ['resources_delete', { ...deployment, name: 'web' }, row],
    [
      'pods_delete',
      { name: 'a', namespace: 'shop' },
      ['resources_list', { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', fieldSelector: 'metadata.name=a' }],
    ],
    ['helm_install', chart, ['helm_list', { namespace: 'shop' }]],
    ['helm_uninstall', { name: 'cart' }, ['helm_list', {}]],
    [
      'kubectl_scale',
      { name: 'web', namespace: 'shop', replicas: 5 },
      ['kubectl_get', { resourceType: 'deployment', name: 'web', ...wide }],
    ],
    ['kubectl_apply', { manifest }, ['kubectl_get', { resourceType: 'Deployment.v1.apps', name: 'web', ...wide }]],
    [
      'kubectl_create',
      { resourceType: 'configmap', name: 'a' },
      ['kubectl_get', { resourceType: 'configmap', name: 'a', namespace: 'default', output: 'wide' }],
    ],
    [
      'kubectl_create',
      { resourceType: 'namespace', name: 'a' },
      ['kubectl_get', { resourceType: 'namespace', name: 'a', output: 'wide' }],
    ],
    [
      'kubectl_patch',
      { resourceType: 'deploy', name: 'web', namespace: 'shop' },
      ['kubectl_get', { resourceType: 'deploy', name: 'web', ...wide }],
    ],
    [
      'kubectl_rollout',
      { resourceType: 'deployment', name: 'web', namespace: 'shop' },
      ['kubectl_get', { resourceType: 'deployment', name: 'web', ...wide }],
    ],
    [
      'kubectl_delete',
      { resourceType: 'deploy', name: 'web', namespace: 'shop' },
      ['kubectl_get', { resourceType: 'deploy', fieldSelector: 'metadata.name=web', ...wide }],
    ],
    [
      'kubectl_delete',
      { resourceType: 'pods', labelSelector: 'app=web', allNamespaces: true },
      ['kubectl_get', { resourceType: 'pods', labelSelector: 'app=web', allNamespaces: true, output: 'wide' }],
    ],
    [
      'kubectl_delete',
      { manifest },
      ['kubectl_get', { resourceType: 'Deployment.v1.apps', fieldSelector: 'metadata.name=web', ...wide }],
    ],
    [
      'node_management',
      { nodeName: 'worker-1', operation: 'cordon' },
      ['kubectl_get', { resourceType: 'nodes', name: 'worker-1', output: 'wide' }],
    ],
    ['upgrade_helm_chart', chart, ['kubectl_get', { resourceType: 'pods', ...wide }]],
    // Secrets are not read, and names that could be flags are not passed on.
    ['resources_delete', { apiVersion: 'v1', kind: 'Secret', name: 's', namespace: 'shop' }, undefined],
    ['kubectl_delete', { resourceType: 'secrets.v1.', labelSelector: 'a=b' }, undefined],
    ['kubectl_patch', { resourceType: 'secret', name: 's' }, undefined],
    ['kubectl_scale', { name: '--token=x' }, undefined],
    ['kubectl_delete', { resourceType: 'pods', labelSelector: '--all' }, undefined],
    ['kubectl_apply', { manifest: 'a: b: c' }, undefined],
    ['some_tool', { name: 'a' }, undefined],
  ])('%s %j', (tool, args, expected) => {
    const names = tool.startsWith('kubectl') || /chart$|^node/.test(tool) ? FLUX : CONT
    const call = verificationCall(tool, args, names)
    expect(call && [call.tool, call.arguments]).toEqual(expected)
  })

  it('is none where the server has no tool for it', () => {
    expect(verificationCall('kubectl_scale', { name: 'web' }, new Set())).toBeUndefined()
    expect(verificationCall('resources_scale', { ...deployment, name: 'web' }, new Set(['resources_get']))).toEqual({
      tool: 'resources_get',
      arguments: { ...deployment, name: 'web' },
    })
  })
})
