/** Arguments of the writing tools: unambiguous ones are accepted, others refused with an explanation. */
import { describe, expect, it } from 'vitest'
import { rolloutEffect, writeTools } from '../../../../mcp/tools/writes'

function read(name: string, raw: unknown) {
  const tool = writeTools.find((each) => each.name === name)
  if (!tool) throw new Error(`no tool ${name}`)
  const sets = tool.read(raw)
  // Parsed arguments that were signed and sent back parse to the same value.
  for (const set of sets) expect(tool.read(JSON.parse(JSON.stringify(set)))).toEqual([set])
  return sets
}

const web = { resource: 'deployment', name: 'web', namespace: 'shop' }

describe('targets', () => {
  it.each([
    { name: 'web', namespace: 'shop' },
    { name: 'deployment/web', namespace: 'shop' },
    { resource: 'deployment/web', ns: 'namespace/shop' },
    { kind: 'deployment', Name: ['web'], namespace: 'shop' },
    { resource_type: 'deployment', resource_name: 'web', namespace: 'shop', labelselector: null },
  ])('reads %j', ({ labelselector: _, ...raw }: Record<string, unknown>) => {
    expect(read('kubectl_scale', { ...raw, replicas: '3' })).toEqual([{ ...web, replicas: 3 }])
  })

  it('makes one set of arguments for each name', () => {
    const sets = read('kubectl_label', { resource: 'deployment', name: 'web, api', namespace: 'shop', labels: 'a=b' })
    expect(sets.map(({ name }) => name)).toEqual(['web', 'api'])
  })

  it.each([
    [{ name: 'web' }, /needs the argument replicas/],
    [{ replicas: 1 }, /needs the argument name/],
    [{ name: 'all', replicas: 1 }, /"all" is not accepted/],
    [{ name: 'web', namespace: 'all', replicas: 1 }, /needs one namespace/],
    [{ name: 'web', replicas: -1 }, /whole number, 0 or more/],
    [{ name: 'web', replicas: 'two' }, /whole number/],
    [{ name: 'web', replicas: 1.5 }, /whole number/],
    [{ name: 'web', replicas: 1, count: 2 }, /there twice/],
    [{ name: 'web', replicas: 1, force: true }, /no argument force\. The arguments are: resource, name/],
    [{ name: '../web', replicas: 1 }, /not a valid name/],
    [{ name: { toString: 'x' }, replicas: 1 }, /name must be a text/],
    [{ kind: { toString: 'x' }, name: 'web', replicas: 1 }, /resource must be a text/],
    [['web', 1], /must be one JSON object/],
  ])('refuses %j (writes-31)', (raw, message) => {
    expect(() => read('kubectl_scale', raw)).toThrow(message)
    expect(() => read('kubectl_scale', raw)).toThrow(expect.objectContaining({ code: 'invalid-arguments' }))
  })

  it.each(writeTools.map(({ name }) => name))('never throws anything but a KubeError: %s (writes-31)', (name) => {
    const odd: unknown[] = [null, 1, 'x', [], {}, [[]], { a: { b: [] } }, Object.create(null), { toString: 'x' }, true]
    const properties = Object.keys(writeTools.find((each) => each.name === name)?.properties ?? {})
    for (const value of odd)
      for (const raw of [value, Object.fromEntries(properties.map((each) => [each, value]))]) {
        try {
          read(name, raw)
        } catch (error) {
          expect(error).toMatchObject({ name: 'KubeError', code: 'invalid-arguments' })
        }
      }
  })
})

describe('names and values', () => {
  const label = (labels: unknown) => read('kubectl_label', { ...web, labels })[0]?.labels
  const annotate = (annotations: unknown) => read('kubectl_annotate', { ...web, annotations })[0]?.annotations

  it.each([
    ['a=b,c-', { a: 'b', c: null }],
    ['a=b c=', { a: 'b', c: '' }],
    [['a=b', 'c-'], { a: 'b', c: null }],
    [
      { a: 1, b: true, c: null, 'd-': '' },
      { a: '1', b: 'true', c: null, d: null },
    ],
    ['{"a": "b"}', { a: 'b' }],
    [[{ name: 'a', value: 'b' }], { a: 'b' }],
  ])('reads %j', (written, pairs) => expect(label(written)).toEqual(pairs))

  it('keeps commas, blanks and equal signs of an annotation', () => {
    expect(annotate('example.com/x=a, b; -Dx=y')).toEqual({ 'example.com/x': 'a, b; -Dx=y' })
    expect(annotate('a=1\nb-')).toEqual({ a: '1', b: null })
  })

  it.each([
    [() => label('a'), /has no value: write key=value, or key- to remove it/],
    [() => label('a=b,a=c'), /twice/],
    [() => label({ 'a-': 'b' }), /removes and has a value/],
    [() => label({ a: ['b'] }), /must be a text/],
    [() => label('=b'), /not a valid name/],
    [() => annotate('a=b,c=d'), /one value or several/],
  ])('refuses what can be read in two ways', (call, message) => expect(call).toThrow(message))
})

describe('kubectl_set', () => {
  const set = (raw: object) => read('kubectl_set', { ...web, ...raw })

  it.each([
    [{ image: 'nginx:2' }, [{ image: 'nginx:2' }]],
    [{ image: 'app=nginx:2' }, [{ container: 'app', image: 'nginx:2' }]],
    [{ container: 'app', image: 'reg:5000/a/b@sha256:ab' }, [{ container: 'app', image: 'reg:5000/a/b@sha256:ab' }]],
    [{ env: [{ name: 'A', value: 'x,y' }], containerName: 'app' }, [{ container: 'app', env: { A: 'x,y' } }]],
    [{ resources: { limits: { cpu: 1 } } }, [{ limits: { cpu: '1' } }]],
    [
      { image: { app: 'a:1', side: 'b:1' } },
      [
        { container: 'app', image: 'a:1' },
        { container: 'side', image: 'b:1' },
      ],
    ],
  ])('reads %j', (raw, sets) => expect(set(raw)).toEqual(sets.map((each) => ({ ...web, ...each }))))

  it.each([
    [{}, /needs what to set/],
    [{ image: 'a:1,b:1' }, /need their containers/],
    [{ container: 'x', image: 'app=a:1' }, /name one/],
    [{ image: 'not an image' }, /containers|valid image/],
    [{ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }, /needs kubectl_patch/],
  ])('refuses %j', (raw, message) => expect(() => set(raw)).toThrow(message))
})

describe('kubectl_patch', () => {
  const patch = (raw: object) => read('kubectl_patch', { ...web, ...raw })[0]

  it.each([
    [{ patch: '{"spec":{"replicas":2}}' }, { patch: { spec: { replicas: 2 } } }],
    [{ patch: 'spec:\n  replicas: 2\n  x: 0644' }, { patch: { spec: { replicas: 2, x: 420 } } }],
    [{ patch: { op: 'remove', path: '/spec/paused' } }, { patch: [{ op: 'remove', path: '/spec/paused' }] }],
    [
      { patch: { a: null }, patchType: 'application/merge-patch+json' },
      { patch: { a: null }, type: 'merge' },
    ],
    [
      { patch: { a: 1 }, type: 'strategic-merge' },
      { patch: { a: 1 }, type: 'strategic' },
    ],
  ])('reads %j', (raw, args) => expect(patch(raw)).toEqual({ ...web, ...args }))

  it.each([
    [{ patch: 'spec: [' }, /Line 1/],
    [{ patch: 'just words' }, /must be an object/],
    [{ patch: 'spec: &a {}\nx: *a' }, /Line/],
    [{ patch: [{ op: 'set', path: '/a' }] }, /needs op/],
    [{ patch: [{ op: 'add', path: 'a' }] }, /needs op/],
    [{ patch: [{ op: 'remove', path: '/a' }], type: 'merge' }, /must be an object/],
    [{ patch: { a: 1 }, type: 'json' }, /must be a list/],
    [{ patch: { a: 1 }, type: 'deployment' }, /not a type of patch/],
    [{ patch: { data: { kubeconfig: '<redacted>' } } }, /data\.kubeconfig is <redacted> in place of its value/],
  ])('refuses %j', (raw, message) => expect(() => patch(raw)).toThrow(message))
})

describe('kubectl_delete', () => {
  it.each([
    [{ resource: 'pod', name: 'a' }, [{ resource: 'pod', name: 'a' }]],
    [{ resource: 'pod', name: 'a,b' }, [{ resource: 'pod', name: ['a', 'b'] }]],
    [
      { name: ['pod/a', 'svc/b'] },
      [
        { resource: 'pod', name: 'a' },
        { resource: 'svc', name: 'b' },
      ],
    ],
    [{ resource: 'pod', labels: { app: 'web' } }, [{ resource: 'pod', labelSelector: 'app=web' }]],
  ])('reads %j', (raw, sets) => expect(read('kubectl_delete', raw)).toEqual(sets))

  it.each([
    [{ resource: 'pod' }, /needs the argument name/],
    [{ resource: 'pod', name: 'a', labelSelector: 'b=c' }, /one of both/],
    [{ resource: 'pods', name: '*' }, /not accepted/],
  ])('refuses %j', (raw, message) => expect(() => read('kubectl_delete', raw)).toThrow(message))
})

describe('kubectl_rollout', () => {
  it.each([
    [{ action: 'restart', name: 'web' }, 'write'],
    [{ Command: [' Undo '], name: 'web' }, 'write'],
    [{ action: 'status' }, 'read'],
    [{ name: 'web', revision: 2 }, 'read'],
    ['restart', 'read'],
  ] as const)('%j is a %s', (raw, effect) => expect(rolloutEffect(raw)).toBe(effect))

  it('reads the revision of an undo, and of nothing else', () => {
    const undo = { action: 'UNDO', name: 'web', to_revision: '0' }
    expect(read('kubectl_rollout', undo)).toEqual([{ resource: 'deployment', name: 'web', action: 'undo' }])
    expect(() => read('kubectl_rollout', { action: 'restart', name: 'web', revision: 2 })).toThrow(/belongs to undo/)
  })
})

it('reads nodes alone for a cordon', () => {
  expect(read('kubectl_cordon', { nodeName: 'node/worker-1', uncordon: 'false' })).toEqual([
    { name: 'worker-1', uncordon: false },
  ])
  expect(() => read('kubectl_cordon', { name: 'pod/x' })).toThrow(/Only nodes/)
})
