import { describe, expect, it } from 'vitest'
import {
  isNamespaceName,
  isObjectName,
  isPathSegment,
  isReleaseName,
  isSubdomain,
  kindAndName,
} from '../../../../shared/kubernetes/names'

describe('names', () => {
  const cases: [
    text: string,
    object: boolean,
    path: boolean,
    namespace: boolean,
    subdomain: boolean,
    release: boolean,
  ][] = [
    ['web', true, true, true, true, true],
    ['web.v2', true, true, false, true, true],
    ['system:node', true, true, false, false, false],
    ['Web', true, true, false, false, false],
    ['a_b', true, true, false, false, false],
    ['-n', false, true, false, false, false],
    ['a/b', false, false, false, false, false],
    ['..', false, false, false, false, false],
    ['', false, false, false, false, false],
    ['a'.repeat(54), true, true, true, true, false],
    ['a'.repeat(64), true, true, false, true, false],
    ['a'.repeat(254), false, false, false, false, false],
    ['web\n', false, false, false, false, false],
  ]

  it.each(cases)(
    '%j is valid for the kinds of names that allow it',
    (text, object, path, namespace, subdomain, release) => {
      expect({
        object: isObjectName(text),
        path: isPathSegment(text),
        namespace: isNamespaceName(text),
        subdomain: isSubdomain(text),
        release: isReleaseName(text),
      }).toEqual({ object, path, namespace, subdomain, release })
    },
  )
})

describe('a kind with a name', () => {
  it.each([
    ['deploy/web', { kind: 'deploy', name: 'web' }],
    ['deployments.apps/web', { kind: 'deployments.apps', name: 'web' }],
    ['web', undefined],
    ['apps/v1', undefined],
    ['v1/Pod', undefined],
    ['apps/v1/Deployment', undefined],
  ])('%s', (text, expected) => {
    expect(kindAndName(text)).toEqual(expected)
  })
})
