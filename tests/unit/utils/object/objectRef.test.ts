import { describe, expect, it } from 'vitest'
import { cellObject, objectKey, resourceArgument, sectionObject } from '../../../../utils/object/objectRef'

const pods = { kind: 'Pod', group: '', version: 'v1', plural: 'pods', namespaced: true }
const deployments = { kind: 'Deployment', group: 'apps', version: 'v1', plural: 'deployments', namespaced: true }
const nodes = { kind: 'Node', group: '', version: 'v1', plural: 'nodes', namespaced: false }
const events = { kind: 'Event', group: '', version: 'v1', plural: 'events', namespaced: true }
const inNamespaces = (...namespaces: string[]) => ({
  scope: 'namespaces' as const,
  namespaces,
  shown: 1,
  complete: true,
  notes: [],
})

describe('cellObject', () => {
  it('names the row with its API version and the namespace of its column', () => {
    const columns = ['NAMESPACE', 'NAME', 'READY']
    const row = ['shop', 'cart', '0/2']
    expect(cellObject({ resource: deployments }, columns, row, 1)).toEqual({
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      namespace: 'shop',
      name: 'cart',
    })
    expect(cellObject({ resource: deployments }, columns, row, 2)).toBeUndefined()
  })

  it('takes the namespace of the coverage if it is the only one', () => {
    const of = (...namespaces: string[]) =>
      cellObject({ resource: pods, coverage: inNamespaces(...namespaces) }, ['NAME'], ['cart-1'], 0)
    expect(of('shop')).toMatchObject({ namespace: 'shop', name: 'cart-1' })
    expect(of('shop', 'web')).toBeUndefined()
  })

  it('gives a cluster-scoped row no namespace', () => {
    expect(cellObject({ resource: nodes, coverage: inNamespaces('shop') }, ['NAME'], ['worker-1'], 0)).toEqual({
      kind: 'Node',
      apiVersion: 'v1',
      name: 'worker-1',
    })
  })

  it('reads the object of an event, and the node of a pod', () => {
    const columns = ['NAMESPACE', 'OBJECT', 'NODE']
    const at = (object: string, column: number) =>
      cellObject({ resource: events }, columns, ['shop', object, 'worker-1'], column)
    expect(at('pod/cart-1', 1)).toEqual({ kind: 'pod', namespace: 'shop', name: 'cart-1' })
    expect(at('node/worker-1', 1)).toEqual({ kind: 'node', name: 'worker-1' })
    expect(at('pod/cart-1', 2)).toEqual({ kind: 'Node', name: 'worker-1' })
  })

  it('names nothing for an empty cell, a placeholder or a table of another server', () => {
    expect(cellObject({ resource: pods }, ['NAMESPACE', 'NODE'], ['shop', '<none>'], 1)).toBeUndefined()
    expect(cellObject({ resource: pods }, ['NAMESPACE', 'NODE'], ['shop', ''], 1)).toBeUndefined()
    expect(cellObject({}, ['NAMESPACE', 'NAME'], ['shop', 'cart'], 1)).toBeUndefined()
  })
})

describe('sectionObject', () => {
  it('names the pods of a description in its namespace, or in that of the column', () => {
    const cart = { kind: 'Deployment', namespace: 'shop', name: 'cart' }
    const pod = (columns: string[], row: string[]) =>
      sectionObject({ title: 'Pods', columns }, row, columns.indexOf('NAME'), cart)
    expect(pod(['NAME'], ['cart-1'])).toMatchObject({ kind: 'Pod', namespace: 'shop', name: 'cart-1' })
    expect(pod(['NAMESPACE', 'NAME'], ['web', 'cart-1'])).toMatchObject({ namespace: 'web' })
    expect(sectionObject({ title: 'Conditions', columns: ['NAME'] }, ['Ready'], 0, cart)).toBeUndefined()
  })
})

it('knows an object by any spelling of its kind', () => {
  const key = objectKey({ kind: 'Pod', namespace: 'shop', name: 'cart-1' })
  expect(objectKey({ kind: 'pods', namespace: 'shop', name: 'cart-1' })).toBe(key)
  expect(objectKey({ kind: 'Pod', namespace: 'web', name: 'cart-1' })).not.toBe(key)
})

it('asks for a kind with what is known of its group', () => {
  expect(resourceArgument({ kind: 'Deployment', apiVersion: 'apps/v1', name: 'cart' })).toBe('apps/v1/Deployment')
  expect(resourceArgument({ kind: 'Deployment', group: 'apps', name: 'cart' })).toBe('Deployment.apps')
  expect(resourceArgument({ kind: 'pod', name: 'cart-1' })).toBe('pod')
})
