/** What a manifest takes out of an object, by the owners of its fields. */
import { describe, expect, it } from 'vitest'
import type { KubeObject } from '../../../../mcp/kubernetes/types'
import { readingsOf, readingsOfManifest } from '../../../../mcp/changes/ownership-of-fields'
import { covers, ownedFields, stepsText, valueOf } from '../../../../mcp/changes/ownership/fields-v1'
import { mergePatch } from '../../../../mcp/changes/ownership/merge-patch'
import { prune } from '../../../../mcp/changes/ownership/prune'
import { withDeclared } from '../../../../mcp/changes/ownership/with-declared'

const leaf = {}
const variable = { '.': leaf, 'f:name': leaf, 'f:value': leaf }
const containers = (fields: object) => ({
  'f:containers': { 'k:{"name":"c"}': { '.': leaf, 'f:name': leaf, ...fields } },
})

describe('fieldsV1', () => {
  const object = { list: [{ name: 'a', port: 80, on: true }], set: ['x', 'y'], 'a.b/c': 1, plain: { deep: [10, 20] } }

  it.each([
    [['f:list', 'k:{"name":"a","port":80}', 'f:on'], true, 'list[a/80].on'],
    [['f:list', 'k:{"name":"b","port":80}', 'f:on'], undefined, 'list[b/80].on'],
    [['f:set', 'v:"y"'], 'y', 'set[y]'],
    [['f:set', 'v:"z"'], undefined, 'set[z]'],
    [['f:a.b/c'], 1, '[a.b/c]'],
    [['f:plain', 'f:deep', 'i:1'], 20, 'plain.deep[1]'],
    [['f:list', 'k:broken'], undefined, 'list[broken]'],
    [['f:constructor'], undefined, 'constructor'],
  ])('finds %j', (steps, value, text) => {
    expect(valueOf(object, steps)).toEqual(value)
    expect(stepsText(steps)).toBe(text)
  })

  it('lists owned fields, including list items, and recognises covered ones', () => {
    const tree = containers({ 'f:args': leaf, 'f:resources': { '.': leaf, 'f:limits': { 'f:cpu': leaf } } })
    expect(ownedFields(tree).map(stepsText)).toEqual([
      ...['containers[c]', 'containers[c].name', 'containers[c].args', 'containers[c].resources.limits.cpu'],
    ])
    const container = ['f:containers', 'k:{"name":"c"}']
    expect(covers(tree, [...container, 'f:args', 'i:1'])).toBe(true)
    expect(covers(tree, [...container, 'f:image'])).toBe(false)
  })
})

describe('prune', () => {
  const value = {
    containers: [
      {
        name: 'c',
        image: 'x',
        env: [
          { name: 'A', value: '1' },
          { name: 'B', value: '2' },
        ],
        resources: { limits: { cpu: '1' } },
      },
    ],
  }
  const env = { 'f:env': { '.': leaf, 'k:{"name":"A"}': variable, 'k:{"name":"B"}': variable } }
  const pruned = (before: object, now: object | undefined, others: object[] = []) =>
    prune(value, { before: { ...before }, now: now && { ...now }, others: others.map((each) => ({ ...each })) })

  it('removes an item that is not declared any more, with what others set in it', () => {
    const now = containers({ 'f:env': { 'k:{"name":"A"}': { 'f:name': leaf, 'f:value': leaf } } })
    const edited = containers({ 'f:env': { 'k:{"name":"B"}': { 'f:value': leaf } } })
    expect(pruned(containers(env), now, [edited])).toMatchObject({ containers: [{ env: [{ name: 'A' }] }] })
  })

  it('leaves an item that somebody else owns too', () => {
    const now = containers({ 'f:env': { 'k:{"name":"A"}': variable } })
    expect(pruned(containers(env), now, [containers({ 'f:env': { 'k:{"name":"B"}': variable } })])).toBe(value)
  })

  it('removes a field with all that was declared in it, and the empty rest', () => {
    const before = containers({ 'f:resources': { '.': leaf, 'f:limits': { '.': leaf, 'f:cpu': leaf } }, ...env })
    const result = pruned(before, containers({ 'f:image': leaf }))
    expect(result).toEqual({ containers: [{ name: 'c', image: 'x' }] })
  })

  it('takes an empty map that is declared now as nothing declared in it', () => {
    const before = containers({ 'f:resources': { 'f:limits': { 'f:cpu': leaf } } })
    const now = containers({ 'f:resources': leaf })
    expect(pruned(before, now)).toMatchObject({ containers: [{ name: 'c', resources: {} }] })
    expect(valueOf(pruned(before, now), ['f:containers', 'k:{"name":"c"}', 'f:resources', 'f:limits'])).toBeUndefined()
  })

  it('keeps a whole value that is declared now', () => {
    expect(pruned(containers({ 'f:image': leaf }), containers({ 'f:image': leaf }))).toBe(value)
  })
})

describe('mergePatch', () => {
  it('sets, removes and replaces', () => {
    const [from, to] = [
      { a: 1, b: { c: 1, d: 2 }, e: [1], f: 0 },
      { b: { c: 1, d: 3 }, e: [1, 2], f: 0, g: 'x' },
    ]
    expect(mergePatch(from, to)).toEqual({ a: null, b: { d: 3 }, e: [1, 2], g: 'x' })
  })
})

describe('readings of a manifest', () => {
  const managed = (manager: string, fields: object, more: object = {}) => ({
    ...{ manager, operation: 'Update', apiVersion: 'v1', fieldsType: 'FieldsV1' },
    fieldsV1: { 'f:data': Object.fromEntries(Object.keys(fields).map((key) => [`f:${key}`, leaf])), ...more },
  })
  const map = (data: Record<string, string>, managedFields: unknown[]): KubeObject => ({
    ...{ apiVersion: 'v1', kind: 'ConfigMap', data },
    metadata: { name: 'x', labels: { mark: 'of Helm' }, managedFields },
  })
  const ours = (data: object) => ({ ...managed('k8s-ai-assistant', data), operation: 'Apply' })

  it('removes what kubectl apply declared, and names it', () => {
    const live = map({ a: '1', b: '2' }, [managed('kubectl-client-side-apply', { a: '', b: '' })])
    const applied = map({ a: '1', b: '2' }, [...[live.metadata.managedFields].flat(), ours({ a: '' })])
    const { whole, part } = readingsOf(live, applied)
    expect(part).toBeUndefined()
    expect(whole.patch).toEqual({ data: { b: null } })
    expect(whole.notesOn(map({ a: '1' }, []))).toMatchObject([
      { code: 'fields-taken-set-back', params: { taken: { params: { owner: 'kubectl apply', fields: 'data.b' } } } },
    ])
  })

  it('names no owner of a removed field that returns as a default', () => {
    const live = map({ a: '1', b: '2' }, [managed('kubectl-client-side-apply', { a: '', b: '' })])
    const { whole } = readingsOf(
      live,
      map({ a: '1', b: '2' }, [...[live.metadata.managedFields].flat(), ours({ a: '' })]),
    )
    expect(whole.patch).toEqual({ data: { b: null } })
    expect(whole.notesOn(live)).toEqual([])
  })

  it('keeps the labels of Helm, and asks the API server whether the rest is meant', () => {
    const metadata = { 'f:metadata': { 'f:labels': { 'f:mark': leaf } } }
    const live = map({ a: '1', b: '2' }, [managed('helm', { a: '', b: '' }, metadata)])
    const applied = map({ a: '1', b: '2' }, [managed('helm', { a: '', b: '' }, metadata), ours({ a: '' })])
    const { whole, part, isWhole } = readingsOf(live, applied)
    expect(whole.patch).toEqual({ data: { b: null } })
    expect(part?.patch).toEqual({})
    expect(part?.notesOn(live)).toMatchObject([{ code: 'fields-kept', params: { owner: 'Helm', fields: 'data.b' } }])
    // What comes back after the dry run was a default.
    expect(isWhole(map({ a: '1' }, []))).toBe(true)
    expect(isWhole(map({}, []))).toBe(false)
  })

  it('keeps the annotations of others where kubectl apply has none of its own', () => {
    const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'
    const kubectl = managed(
      'kubectl-client-side-apply',
      { a: '' },
      {
        'f:metadata': { 'f:annotations': { '.': leaf, [`f:${lastApplied}`]: leaf }, 'f:labels': leaf },
      },
    )
    // The controller's entry for a status subresource is not among the owners of declared fields.
    const controller = {
      ...managed('kube-controller-manager', {}, { 'f:metadata': { 'f:annotations': { 'f:revision': leaf } } }),
      subresource: 'status',
    }
    const live = map({ a: '1' }, [kubectl, controller])
    const annotated = { ...live, metadata: { ...live.metadata, annotations: { [lastApplied]: '{}', revision: '1' } } }
    const managedFields = [kubectl, controller, ours({ a: '' })]
    const applied = { ...annotated, metadata: { ...annotated.metadata, managedFields } }
    expect(readingsOf(annotated, applied).whole.patch).toEqual({})
  })

  it('keeps what a controller wrote, and what a subresource set', () => {
    const scaled = { ...managed('kubectl', { b: '' }), subresource: 'scale' }
    const live = map({ a: '1', b: '2', c: '3' }, [
      scaled,
      managed('some-operator', { c: '' }),
      managed('kube-scheduler', { a: '' }),
    ])
    const applied = map({ a: '1', b: '2', c: '3' }, [...[live.metadata.managedFields].flat(), ours({ a: '' })])
    const { whole } = readingsOf(live, applied)
    expect(whole.patch).toEqual({})
    expect(whole.notesOn(live).map(({ text }) => text)).toEqual([
      'Not in the manifest and kept, since set by kubectl scale: data.b',
      'Not in the manifest and kept, since set by some-operator: data.c',
    ])
  })

  it('reports a conflict to come for an owner by server-side apply', () => {
    const live = map({ a: '1' }, [{ ...managed('kustomize-controller', { a: '' }), operation: 'Apply' }])
    const { whole } = readingsOf(live, map({ a: '2' }, [ours({ a: '' })]))
    expect(whole.notesOn(map({ a: '2' }, []))).toMatchObject([
      { code: 'fields-taken-conflict', params: { taken: { params: { owner: 'kustomize-controller' } } } },
    ])
  })
})

describe('a manifest whose merged object is not valid', () => {
  const port = (number: number) => ({ name: 'http', port: number, protocol: 'TCP' })
  const fields = (number: number) => ({
    'f:spec': {
      'f:ports': {
        [`k:{"port":${number},"protocol":"TCP"}`]: { '.': leaf, 'f:name': leaf, 'f:port': leaf },
      },
    },
  })
  const owner = (manager: string, operation: string, fieldsV1: object) => ({ manager, operation, fieldsV1 })
  const service = (ports: object[], managedFields: object[], more: object = {}): KubeObject => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', managedFields },
    spec: { ports, ...more },
  })

  it('replaces a port by another of the same name', () => {
    const live = service([port(84)], [owner('kubectl-client-side-apply', 'Update', fields(84))], {
      clusterIP: '10.0.0.1',
    })
    const alone = service([port(85)], [owner('k8s-ai-assistant', 'Apply', fields(85))], { clusterIP: '10.0.0.2' })
    expect(readingsOfManifest(live, alone).whole.patch).toEqual({ spec: { ports: [{ name: 'http', port: 85 }] } })
  })

  it('keeps what somebody else has set, and that it has', () => {
    const foreign = { 'f:spec': { 'f:ports': { 'k:{"port":90,"protocol":"TCP"}': { '.': leaf, 'f:port': leaf } } } }
    const managed = [owner('k8s-ai-assistant', 'Update', fields(84)), owner('an-operator', 'Update', foreign)]
    const live = service([port(84), { port: 90, protocol: 'TCP' }], managed)
    const alone = service([port(85)], [owner('k8s-ai-assistant', 'Apply', fields(85))])
    expect(readingsOfManifest(live, alone).whole.patch).toEqual({
      spec: {
        ports: [
          { name: 'http', port: 85 },
          { port: 90, protocol: 'TCP' },
        ],
      },
    })
  })

  it('puts a new item after the one that it follows in the manifest', () => {
    const item = (name: string, value = 'x') => ({ name, value })
    const tree = Object.fromEntries(['a', 'new', 'c'].map((name) => [`k:{"name":"${name}"}`, variable]))
    const source = [item('a', 'y'), item('new'), item('c')]
    expect(withDeclared([item('c'), item('a'), item('b')], source, tree)).toEqual([
      ...[item('c'), item('a', 'y'), item('new'), item('b')],
    ])
    expect(withDeclared(undefined, source, tree)).toEqual(source)
  })

  it('takes whole values as they are, and leaves other fields alone', () => {
    const tree = { 'f:args': leaf, 'f:limits': { '.': leaf, 'f:cpu': leaf }, 'f:set': { 'v:"b"': leaf } }
    const before = { args: ['old'], limits: { memory: '1Gi' }, set: ['a'], other: 1 }
    const source = { args: ['new'], limits: { cpu: '1', memory: '2Gi' }, set: ['b'], other: 2 }
    expect(withDeclared(before, source, tree)).toEqual({
      ...{ args: ['new'], limits: { memory: '1Gi', cpu: '1' }, set: ['b', 'a'], other: 1 },
    })
  })
})
