import { describe, expect, it } from 'vitest'
import { rowReference } from '../../../../utils/embed/rowReference'

const pods = { kind: 'Pod', group: '', version: 'v1', plural: 'pods', namespaced: true }
const nodes = { kind: 'Node', group: '', version: 'v1', plural: 'nodes', namespaced: false }
const deployments = { kind: 'Deployment', group: 'apps', version: 'v1', plural: 'deployments', namespaced: true }
const coverage = { scope: 'namespaces' as const, namespaces: ['shop'], shown: 1, complete: true, notes: [] }

describe('rowReference', () => {
  it('reads namespace and name from the columns', () => {
    expect(rowReference({ resource: pods }, ['NAMESPACE', 'NAME', 'READY'], ['data', 'db-0', '1/1'])).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'data',
      name: 'db-0',
    })
  })

  it('takes the only namespace that was read', () => {
    expect(rowReference({ resource: deployments, coverage }, ['NAME'], ['web'])).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'shop',
      name: 'web',
    })
  })

  it('needs no namespace for cluster-scoped kinds', () => {
    expect(rowReference({ resource: nodes, coverage }, ['NAME'], ['worker-1'])).toEqual({
      apiVersion: 'v1',
      kind: 'Node',
      name: 'worker-1',
    })
  })

  it.each([
    ['a result of another MCP server', {}, ['NAME'], ['web']],
    ['a namespace that is not known', { resource: pods }, ['NAME'], ['web']],
    ['several namespaces', { resource: pods, coverage: { ...coverage, namespaces: ['a', 'b'] } }, ['NAME'], ['web']],
    ['a table without names', { resource: nodes }, ['REASON'], ['web']],
    ['a name with a path', { resource: nodes }, ['NAME'], ['../../x']],
  ])('gives no link for %s', (_, result, columns, row) => {
    expect(rowReference(result, columns, row)).toBeUndefined()
  })
})
