import { describe, expect, it } from 'vitest'
import { applyManifest } from '../../../server/preview/merge'
import { applyPatch, PatchError } from '../../../server/preview/patch-forms'

const live = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { app: 'web', tier: 'front' } },
  spec: {
    replicas: 3,
    template: {
      spec: {
        containers: [
          { name: 'web', image: 'web:1', args: ['a', 'b'], ports: [{ containerPort: 80, protocol: 'TCP' }] },
          { name: 'side', image: 'side:1' },
        ],
        tolerations: [{ key: 'a' }, { key: 'b' }],
      },
    },
  },
}
const manifest = (containers: object[]) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { template: { spec: { containers } } },
})
const containersOf = (object: Record<string, unknown>) =>
  (object as typeof live).spec.template.spec.containers.map(({ name }) => name)

describe('an apply', () => {
  it('merges mappings, lists of things with a name by the name, and replaces other lists', () => {
    const web = { name: 'web', image: 'web:2', args: ['c'], ports: [{ containerPort: 8080 }] }
    expect(applyManifest(live, manifest([web, { name: 'new', image: 'new:1' }]))).toEqual({
      ...live,
      spec: {
        replicas: 3,
        template: {
          spec: {
            containers: [
              { ...web, ports: [{ containerPort: 80, protocol: 'TCP' }, { containerPort: 8080 }] },
              { name: 'side', image: 'side:1' },
              { name: 'new', image: 'new:1' },
            ],
            tolerations: [{ key: 'a' }, { key: 'b' }],
          },
        },
      },
    })
  })

  it('takes out what was applied before and is left out now, and nothing else', () => {
    const before = { ...manifest([{ name: 'web' }, { name: 'side' }]), metadata: { labels: { tier: 'front' } } }
    const after = applyManifest(
      live,
      { ...manifest([{ name: 'web', image: 'web:2' }]), metadata: { labels: {} } },
      before,
    )
    expect(containersOf(after)).toEqual(['web'])
    expect(after.metadata).toEqual({ name: 'web', labels: { app: 'web' } })
    expect(containersOf(applyManifest(live, manifest([{ name: 'web' }])))).toEqual(['web', 'side'])
  })

  it('replaces lists of things with a name where the API does: subjects of a binding, lists of custom objects', () => {
    const binding = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      subjects: [{ name: 'a' }, { name: 'b' }],
    }
    expect(applyManifest(binding, { ...binding, subjects: [{ name: 'c' }] }).subjects).toEqual([{ name: 'c' }])
    const custom = { ...live, apiVersion: 'example.com/v1', kind: 'Rollout' }
    expect(containersOf(applyManifest(custom, manifest([{ name: 'web' }])))).toEqual(['web'])
  })

  it("writes a Secret's stringData into its data", () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', data: { a: 'MQ==', b: 'Mg==' } }
    const { data, stringData } = applyManifest(secret, { kind: 'Secret', stringData: { b: 'three' } })
    expect({ data, stringData }).toEqual({ data: { a: 'MQ==', b: 'dGhyZWU=' }, stringData: undefined })
  })
})

describe('a patch', () => {
  it.each<[string, unknown, object]>([
    ['merge', { spec: { replicas: null, paused: true } }, { template: live.spec.template, paused: true }],
    ['strategic', { spec: { replicas: 5 } }, { ...live.spec, replicas: 5 }],
    ['json', [{ op: 'replace', path: '/spec/replicas', value: 5 }], { ...live.spec, replicas: 5 }],
    [
      'json',
      [
        { op: 'remove', path: '/spec/replicas' },
        { op: 'add', path: '/spec/paused', value: true },
      ],
      { template: live.spec.template, paused: true },
    ],
    ['json', [{ op: 'move', from: '/spec/replicas', path: '/spec/was' }], { template: live.spec.template, was: 3 }],
  ])('of type %s: %j', (type, patch, spec) => {
    expect(applyPatch(live, type, patch).spec).toEqual(spec)
  })

  it('of a list: in place, inserted, at its end, and away', () => {
    const object = { list: ['a', 'b'], 'a/b': { '~': 1 } }
    const patch = [
      { op: 'replace', path: '/list/0', value: 'A' },
      { op: 'add', path: '/list/1', value: 'x' },
      { op: 'add', path: '/list/-', value: 'z' },
      { op: 'remove', path: '/list/2' },
      { op: 'copy', from: '/a~1b/~0', path: '/copied' },
    ]
    expect(applyPatch(object, 'json', patch)).toEqual({ list: ['A', 'x', 'z'], 'a/b': { '~': 1 }, copied: 1 })
    expect(object.list).toEqual(['a', 'b'])
  })

  it('deletes an item of a list by its name', () => {
    const patch = { spec: { template: { spec: { containers: [{ name: 'side', $patch: 'delete' }] } } } }
    expect(containersOf(applyPatch(live, 'strategic', patch))).toEqual(['web'])
  })

  it.each<[string, unknown]>([
    ['json', [{ op: 'replace', path: '/spec/nothing', value: 1 }]],
    ['json', [{ op: 'add', path: '/spec/template/spec/containers/9', value: 1 }]],
    ['json', [{ op: 'explode', path: '/spec' }]],
    ['json', [{ op: 'replace', path: '', value: 'gone' }]],
    ['json', { spec: 1 }],
    ['json', [{ op: 'remove', path: 'spec' }]],
    ['strategic', { spec: { $retainKeys: ['replicas'] } }],
    ['merge', 'text'],
  ])('of type %s that does not fit is said in words: %j', (type, patch) => {
    expect(() => applyPatch(live, type, patch)).toThrow(PatchError)
  })
})
