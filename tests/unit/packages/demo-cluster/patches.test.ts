import { describe, expect, it } from 'vitest'
import { applyPatch, ownedAfterApply, ownedAfterUpdate, serverApply } from '@k8s-ai-assistant/demo-cluster/patch'

const MERGE = 'application/merge-patch+json'
const JSON_PATCH = 'application/json-patch+json'
const STRATEGIC = 'application/strategic-merge-patch+json'

const container = (name: string, rest = {}) => ({ name, ...rest })

describe('merge patch', () => {
  it('merges objects, replaces lists, and removes nulls', () => {
    const target = { a: { b: 1, c: 2 }, list: [1, 2], gone: 1 }
    expect(applyPatch(MERGE, target, { a: { b: 3 }, list: [4], gone: null, new: { x: null, y: 1 } })).toEqual({
      a: { b: 3, c: 2 },
      list: [4],
      new: { y: 1 },
    })
  })
})

describe('JSON patch', () => {
  it.each([
    ['adds to an object', [{ op: 'add', path: '/b', value: 2 }], { a: [1, 2], b: 2 }],
    ['adds into a list', [{ op: 'add', path: '/a/1', value: 9 }], { a: [1, 9, 2] }],
    ['adds at the end of a list', [{ op: 'add', path: '/a/-', value: 9 }], { a: [1, 2, 9] }],
    ['replaces', [{ op: 'replace', path: '/a/0', value: 9 }], { a: [9, 2] }],
    ['removes', [{ op: 'remove', path: '/a/0' }], { a: [2] }],
    ['moves', [{ op: 'move', from: '/a/0', path: '/b' }], { a: [2], b: 1 }],
    ['copies', [{ op: 'copy', from: '/a', path: '/b' }], { a: [1, 2], b: [1, 2] }],
    ['tests', [{ op: 'test', path: '/a/0', value: 1 }], { a: [1, 2] }],
    ['reads escapes', [{ op: 'add', path: '/x~1y~0z', value: 1 }], { a: [1, 2], 'x/y~z': 1 }],
  ])('%s', (_what, patch, expected) => {
    expect(applyPatch(JSON_PATCH, { a: [1, 2] }, patch)).toEqual(expected)
  })
})

describe('strategic merge patch', () => {
  const spec = { containers: [container('a', { image: '1', env: [{ name: 'X', value: '1' }] }), container('b')] }

  it('merges lists of named things by their names, at any depth', () => {
    const patch = { containers: [container('a', { env: [{ name: 'Y', value: '2' }] }), container('c')] }
    expect(applyPatch(STRATEGIC, spec, patch)).toEqual({
      containers: [
        container('a', {
          image: '1',
          env: [
            { name: 'X', value: '1' },
            { name: 'Y', value: '2' },
          ],
        }),
        container('b'),
        container('c'),
      ],
    })
  })

  it('replaces other lists', () => {
    expect(applyPatch(STRATEGIC, { args: ['a', 'b'], finalizers: ['x'] }, { args: ['c'], finalizers: ['y'] })).toEqual({
      args: ['c'],
      finalizers: ['x', 'y'],
    })
  })

  it.each([
    ['$patch: delete', { containers: [{ name: 'a', $patch: 'delete' }] }, { containers: [container('b')] }],
    ['$patch: replace', { containers: [{ $patch: 'replace' }, container('z')] }, { containers: [container('z')] }],
    [
      '$setElementOrder',
      { '$setElementOrder/containers': [{ name: 'b' }], containers: [container('b', { image: '2' })] },
      { containers: [spec.containers[0], container('b', { image: '2' })] },
    ],
    ['$retainKeys', { $retainKeys: ['kept'], kept: 1 }, { kept: 1 }],
  ])('obeys %s', (_what, patch, expected) => {
    expect(applyPatch(STRATEGIC, spec, patch)).toEqual(expected)
  })

  it('takes texts out of a list that is a set', () => {
    expect(applyPatch(STRATEGIC, { finalizers: ['a', 'b'] }, { '$deleteFromPrimitiveList/finalizers': ['a'] })).toEqual(
      {
        finalizers: ['b'],
      },
    )
  })
})

describe('server-side apply', () => {
  const by = { manager: 'test', operation: 'Apply' } as const
  const write = { by, apiVersion: 'v1', time: '2026-11-22T08:00:00Z' }
  const before = { spec: { replicas: 1, containers: [container('a', { image: '1', args: ['x'] }), container('b')] } }
  const applied = { spec: { containers: [container('a', { image: '2' })] } }
  const live = {
    spec: {
      replicas: 1,
      paused: true,
      containers: [container('a', { image: '1', args: ['x'], tty: true }), container('b'), container('sidecar')],
    },
  }
  const { managedFields } = ownedAfterApply(before, undefined, live, write)
  const owned = { ...live, metadata: { managedFields } }

  it('removes fields that are no longer applied, and keeps the rest', () => {
    expect(serverApply(owned, applied, by)).toMatchObject({
      spec: { paused: true, containers: [container('a', { image: '2', tty: true }), container('sidecar')] },
    })
    expect(serverApply(owned, applied, by)).not.toHaveProperty('spec.replicas')
  })

  it('leaves what another manager has set too', () => {
    const both = {
      ...owned,
      metadata: {
        managedFields: ownedAfterApply(before, owned, live, { ...write, by: { ...by, manager: 'other' } })
          .managedFields,
      },
    }
    expect(serverApply(both, applied, by)).toMatchObject({ spec: { replicas: 1 } })
  })

  it('is the configuration itself for a new object', () => {
    expect(serverApply(undefined, { a: [1] }, by)).toEqual({ a: [1] })
  })

  it('writes owners down as an API server does', () => {
    const object = {
      metadata: { name: 'x', labels: { app: 'x' }, finalizers: ['example.com/f'] },
      spec: { ports: [{ port: 53, protocol: 'UDP' }], selector: { app: 'x' }, args: ['a'] },
      status: { ready: 1 },
    }
    expect(ownedAfterUpdate(undefined, object, { ...write, by: { manager: 'm', operation: 'Update' } })).toEqual([
      {
        manager: 'm',
        operation: 'Update',
        apiVersion: 'v1',
        time: '2026-11-22T08:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { 'f:app': {} }, 'f:finalizers': { 'v:"example.com/f"': {} } },
          'f:spec': {
            'f:ports': { 'k:{"port":53,"protocol":"UDP"}': { '.': {}, 'f:port': {}, 'f:protocol': {} } },
            'f:selector': {},
            'f:args': {},
          },
        },
      },
    ])
  })

  it('names a conflict by its field', () => {
    const other = { ...write, by: { ...by, manager: 'other' } }
    expect(
      ownedAfterApply({ spec: { containers: [container('a', { image: '3' })] } }, owned, live, other).conflicts,
    ).toEqual([{ owner: '"test" using v1', field: '.spec.containers[name="a"].image' }])
  })
})
