import { describe, expect, it } from 'vitest'
import { knownTool } from '../../../server/mcp/servers'
import { serverTool } from '../../support/brands'

const sent = (args: Record<string, unknown>) =>
  knownTool(serverTool('resources_list'), 'kubernetes-mcp-server')?.defaults?.(args)

describe('a kind for kubernetes-mcp-server', () => {
  it.each([
    [
      { kind: 'pods', apiVersion: 'v1' },
      { kind: 'Pod', apiVersion: 'v1' },
    ],
    [{ kind: 'deploy' }, { kind: 'Deployment', apiVersion: 'apps/v1' }],
    [
      { kind: 'Deployment', apiVersion: 'v1' },
      { kind: 'Deployment', apiVersion: 'apps/v1' },
    ],
    [
      { kind: 'ingresses', apiVersion: 'networking.k8s.io/v1' },
      { kind: 'Ingress', apiVersion: 'networking.k8s.io/v1' },
    ],
    [
      { kind: 'Service', apiVersion: 'serving.knative.dev/v1' },
      { kind: 'Service', apiVersion: 'serving.knative.dev/v1' },
    ],
    [
      { kind: 'Widget', apiVersion: 'v1' },
      { kind: 'Widget', apiVersion: 'v1' },
    ],
  ])('%j is sent as %j', (written, args) => {
    expect(sent(written)).toEqual(args)
  })

  it('a list in the namespace "all" is of all namespaces', () => {
    expect(sent({ kind: 'Pod', apiVersion: 'v1', namespace: 'all' })).toEqual({ kind: 'Pod', apiVersion: 'v1' })
    expect(sent({ kind: 'Pod', apiVersion: 'v1', namespace: 'shop' })).toMatchObject({ namespace: 'shop' })
  })
})
