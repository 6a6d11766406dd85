import { describe, expect, it } from 'vitest'
import { KubeError } from '../../../../mcp/kubernetes/errors/errors'
import { readArguments } from '../../../../mcp/tools/arguments'
import { kubectlGet } from '../../../../mcp/tools/get'
import { kubectlLogs } from '../../../../mcp/tools/logs'

const get = (raw: unknown) => readArguments(raw, kubectlGet)
const logs = (raw: unknown) => readArguments(raw, kubectlLogs)

function refusal(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    if (error instanceof KubeError) return `${error.code}: ${error.message}`
    throw error
  }
  throw new Error('not refused')
}

describe('readArguments', () => {
  it.each([
    [
      { resource: 'pods', namespace: 'all' },
      { resource: 'pods', allNamespaces: true },
    ],
    [
      { resource: 'pods', namespace: '*' },
      { resource: 'pods', allNamespaces: true },
    ],
    [
      { resource: 'pods', allNamespaces: 'true' },
      { resource: 'pods', allNamespaces: true },
    ],
    [
      { resource: 'pods', all_namespaces: true },
      { resource: 'pods', allNamespaces: true },
    ],
    [
      { resource: 'pods', namespace: 'shop', allNamespaces: true },
      { resource: 'pods', namespace: 'shop' },
    ],
    [{ resource: 'pods', namespace: null, labelSelector: null, limit: null }, { resource: 'pods' }],
    [{ resource: 'pods', namespace: '', name: 'None' }, { resource: 'pods' }],
    [{ resource: 'deploy/web' }, { resource: 'deploy', name: 'web' }],
    [
      { resource: 'pods', name: 'pod/web-0' },
      { resource: 'pods', name: 'web-0' },
    ],
    [{ resource: 'apps/v1/Deployment' }, { resource: 'apps/v1/Deployment' }],
    [{ resource: 'v1/Pod' }, { resource: 'v1/Pod' }],
    [
      { resource: 'pods', limit: '20' },
      { resource: 'pods', limit: 20 },
    ],
    [
      { kind: 'Pod', ns: 'shop' },
      { resource: 'Pod', namespace: 'shop' },
    ],
    [
      { resourceType: 'pods', label_selector: 'app=web' },
      { resource: 'pods', labelSelector: 'app=web' },
    ],
    [
      { resource: 'pods', labelSelector: { app: 'web', tier: 1 } },
      { resource: 'pods', labelSelector: 'app=web,tier=1' },
    ],
    [{ resource: ['pods'] }, { resource: 'pods' }],
    [
      { resource: 'pods', countBy: ['namespace', 'status'] },
      { resource: 'pods', countBy: 'namespace,status' },
    ],
    [
      { resource: 'pods', namespace: 'namespace/shop' },
      { resource: 'pods', namespace: 'shop' },
    ],
  ])('reads %j as %j', (raw, read) => {
    expect(get(raw)).toEqual(read)
  })

  it.each([
    [
      { name: 'web', previous: 'true', tail: '50' },
      { name: 'web', previous: true, limit: 50 },
    ],
    [
      { pod: 'web', containerName: 'app', previous: 0 },
      { name: 'web', container: 'app', previous: false },
    ],
  ])('reads %j of logs as %j', (raw, read) => {
    expect(logs(raw)).toEqual(read)
  })

  it.each([
    [{}, 'kubectl_get needs the argument resource'],
    [{ resource: 'pods', colour: 'red' }, 'kubectl_get has no argument colour. Its arguments are: resource, name'],
    [{ resource: 'pods', limit: 'many' }, 'limit must be a whole number above 0'],
    [{ resource: 'pods', limit: -1 }, 'limit must be a whole number above 0'],
    [{ resource: 'pods', allNamespaces: 'perhaps' }, 'allNamespaces must be true or false'],
    [{ resource: 'pods', name: 'a b' }, '"a b" is not a valid name'],
    [{ resource: 'pods', namespace: '../kube-system' }, 'is not a valid namespace'],
    [{ resource: 'pods', labelSelector: 'app=web\nX' }, 'labelSelector holds control characters'],
    [{ resource: { kind: 'Pod' } }, 'resource must be a text'],
    [['pods'], 'must be one JSON object'],
    ['pods', 'must be one JSON object'],
  ])('refuses %j: %s', (raw, words) => {
    expect(refusal(() => get(raw))).toContain(words)
  })

  it('accepts no arguments if none is required', () => {
    expect(readArguments(undefined, { ...kubectlGet, required: [] })).toEqual({})
  })
})
