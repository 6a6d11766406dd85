import { describe, expect, it } from 'vitest'
import { apiVersionOf, collectionPath, groupOf, objectPath, parseApiPath } from '../../../../shared/kubernetes/api'
import { builtInKind } from '../../../../shared/kubernetes/built-in-kinds'

describe('API versions', () => {
  it('are put together from a group and a version, and taken apart again', () => {
    expect(apiVersionOf({ group: '', version: 'v1' })).toBe('v1')
    expect(apiVersionOf(builtInKind('Deployment'))).toBe('apps/v1')
    expect([groupOf('v1'), groupOf('apps/v1')]).toEqual(['', 'apps'])
  })
})

describe('paths of the API', () => {
  it.each([
    ['/api/v1/namespaces/shop/pods/web', { group: '', version: 'v1', namespace: 'shop', plural: 'pods', name: 'web' }],
    ['/apis/apps/v1/deployments', { group: 'apps', version: 'v1', plural: 'deployments' }],
    ['/api/v1/namespaces/shop', { group: '', version: 'v1', plural: 'namespaces', name: 'shop' }],
    [
      '/api/v1/namespaces/shop/finalize',
      { group: '', version: 'v1', plural: 'namespaces', name: 'shop', subresource: 'finalize' },
    ],
    [
      '/api/v1/namespaces/shop/pods/web/proxy/x',
      { group: '', version: 'v1', namespace: 'shop', plural: 'pods', name: 'web', subresource: 'proxy/x' },
    ],
    ['/version', undefined],
    ['/api/v1', undefined],
    ['/api/v1/namespaces/../pods', undefined],
    ['/api/v1/namespaces/%2e%2e/pods', undefined],
    ['/api/v1//pods', undefined],
  ])('takes %s apart', (path, expected) => {
    expect(parseApiPath(path)).toEqual(expected)
  })

  it('are built with a namespace only for namespaced kinds', () => {
    expect(collectionPath(builtInKind('Pod'))).toBe('/api/v1/pods')
    expect(objectPath(builtInKind('Deployment'), 'shop', 'web')).toBe('/apis/apps/v1/namespaces/shop/deployments/web')
    expect(objectPath(builtInKind('Node'), 'shop', 'a b')).toBe('/api/v1/nodes/a%20b')
  })
})
