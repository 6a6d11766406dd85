import { describe, expect, it } from 'vitest'
import { BUILT_IN_KINDS, builtInKindNamed } from '../../../../shared/kubernetes/built-in-kinds'
import { canonicalKind, isClusterScoped, isCredential, kindsIn } from '../../../../shared/kubernetes/kinds'

describe('a kind in any spelling', () => {
  it.each([
    ['Deployments.apps', 'deployment'],
    ['po', 'pod'],
    ['svc', 'service'],
    ['ingresses', 'ingress'],
    ['networkpolicies', 'networkpolicy'],
    ['DeploymentList', 'deployment'],
    ['endpoints', 'endpoint'],
    ['ep', 'endpoint'],
    ['componentstatuses', 'componentstatus'],
    ['widgets.example.com', 'widget'],
  ])('%s is %s', (written, canonical) => {
    expect(canonicalKind(written)).toBe(canonical)
  })

  it('is the same for the kind, the plural and the short names of every built-in kind', () => {
    for (const { kind, plural, shortNames } of BUILT_IN_KINDS)
      expect(new Set([kind, plural, ...shortNames].map(canonicalKind)).size, kind).toBe(1)
  })

  it('splits an argument that names several', () => {
    expect(kindsIn('pods,secrets.v1.')).toEqual(['pod', 'secret'])
    expect(kindsIn('secret/gateway')).toEqual(['secret', 'gateway'])
  })
})

describe('built-in kinds', () => {
  it.each(['sc', 'StorageClass', 'storageclasses', 'no', 'crd', 'csr', 'clusterroles'])(
    '%s has no namespace',
    (name) => {
      expect(isClusterScoped(canonicalKind(name))).toBe(true)
    },
  )

  it.each(['pvc', 'hpa', 'roles', 'cm', 'widgets'])('%s is not known to be outside of any namespace', (name) => {
    expect(isClusterScoped(canonicalKind(name))).toBe(false)
  })

  it('are found by any of their names', () => {
    for (const name of ['deploy', 'Deployment', 'deployments'])
      expect(builtInKindNamed(name)).toMatchObject({ group: 'apps', version: 'v1', kind: 'Deployment' })
    expect(builtInKindNamed('widget')).toBeUndefined()
  })

  it('have no name twice', () => {
    const names = BUILT_IN_KINDS.flatMap(({ singular, plural, shortNames }) => [
      ...new Set([singular, plural, ...shortNames]),
    ])
    expect(new Set(names).size).toBe(names.length)
  })

  it('tells which are credentials', () => {
    expect(['secrets', 'csr', 'configmaps'].map((each) => isCredential(canonicalKind(each)))).toEqual([
      true,
      true,
      false,
    ])
  })
})
