import { describe, expect, it } from 'vitest'
import { readManifest, type ManifestObject } from '../../../../mcp/changes/manifest'
import { KubeError } from '../../../../mcp/kubernetes/errors/errors'
import { cpuMs } from '../../../support/cpu-time'

const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes, namespace: shop}\n'

function names(objects: ManifestObject[]): string[] {
  return objects.map(({ kind, name }) => `${kind}/${name}`)
}

/** @param body from line 4 on */
function only(body: string): ManifestObject {
  const [object, ...more] = readManifest(HEAD + body)
  if (!object || more.length > 0) throw new Error('one object was expected')
  return object
}

function refused(manifest: unknown): KubeError {
  try {
    readManifest(manifest)
  } catch (error) {
    if (error instanceof KubeError) return error
    throw error
  }
  throw new Error(`it was accepted: ${JSON.stringify(manifest)}`)
}

describe('readManifest', () => {
  it('refuses a merge key over an explicit key, with the line (writes-1)', () => {
    const text = [
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata: {name: notes, namespace: shop, annotations: &t {kind: &z Secret}}',
      'data: {a: aGVsbG8=}',
      '<<: *t',
    ].join('\n')
    expect(refused(text)).toMatchObject({ code: 'invalid-arguments', params: { line: 3, problem: 'manifest-anchor' } })
    expect(refused(`${HEAD}data: {<<: {a: b}}`).message).toBe(
      'Line 4: merge keys are not accepted. Write the fields out.',
    )
  })

  it.each(['--- # second', '---\t', '---', '--- \t# x', '---\n---'])(
    'reads the document after %j (writes-2)',
    (line) => {
      const text = `${HEAD}${line}\n${HEAD.replace('notes', 'second')}`
      expect(names(readManifest(text))).toEqual(['ConfigMap/notes', 'ConfigMap/second'])
    },
  )

  it('reads JSON as a text and as an object (writes-6)', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'notes', namespace: 'shop' },
      data: { mode: '0644' },
    }
    for (const manifest of [object, [object], JSON.stringify(object), `\n ${JSON.stringify(object, null, '\t')}\n`])
      expect(readManifest(manifest)).toEqual([
        { object, apiVersion: 'v1', kind: 'ConfigMap', name: 'notes', namespace: 'shop', notes: [] },
      ])
  })

  it('makes objects of a List and drops documents of comments (writes-8)', () => {
    const item = (name: string) => `- {apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}}`
    const text = `# first\n---\napiVersion: v1\nkind: List\nitems:\n${item('a')}\n${item('b')}\n---\n# last\n---\n`
    expect(names(readManifest(text))).toEqual(['ConfigMap/a', 'ConfigMap/b'])
  })

  it('gives items of a typed list the kind that its name says', () => {
    const text = 'apiVersion: v1\nkind: ConfigMapList\nitems: [{metadata: {name: a}}]'
    expect(readManifest(text)).toMatchObject([{ apiVersion: 'v1', kind: 'ConfigMap', name: 'a' }])
  })

  it('accepts sealed and external secrets and CA bundles (writes-28)', () => {
    const sealed = {
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { encryptedData: { password: 'AgBfake' }, template: { kind: 'Secret', data: { url: '{{ .password }}' } } },
    }
    const external = {
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        secretStoreRef: { kind: 'SecretStore', name: 'vault' },
        target: { template: { data: { a: '{{ .b }}' } } },
      },
    }
    const webhook = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'check' },
      webhooks: [{ name: 'check.example.com', clientConfig: { caBundle: 'LS0tLS1CRUdJTi' } }],
    }
    const reference = { ...sealed, kind: 'Ingress', spec: { certificate: { kind: 'Secret', name: 'tls' } } }
    expect(names(readManifest([sealed, external, webhook, reference]))).toHaveLength(4)
  })

  it.each(['Secret', 'secret', 'SECRET', 'Secrets'])('refuses the kind %s', (kind) => {
    expect(refused(HEAD.replace('ConfigMap', kind))).toMatchObject({ params: { line: 2, problem: 'manifest-secret' } })
  })

  it('refuses a Secret with data inside of another object', () => {
    const text = `${HEAD}spec:\n  objects:\n  - kind: Secret\n    stringData: {a: b}\n`
    expect(refused(text)).toMatchObject({ params: { line: 6, problem: 'manifest-secret' } })
    expect(refused({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'v1', kind: 'Secret' }] })).toBeDefined()
  })

  it('reads unquoted values as Kubernetes does and names those that look like others', () => {
    const { object, notes } = only(
      'data:\n  mode: 0644\n  other: 0644\n  debug: yes\n  version: 1.10\n  port: 80\n  on: 1\n',
    )
    expect(object.data).toEqual({ mode: 420, other: 420, debug: true, version: 1.1, port: 80, true: 1 })
    expect(notes.map(({ text }) => text)).toEqual([
      'mode: 0644 is read as 420 (line 5).',
      'other: 0644 is read as 420 (line 6).',
      'debug: yes is read as true (line 7).',
      'version: 1.10 is read as 1.1 (line 8).',
      'The field name on is read as true (line 10).',
    ])
    expect(notes[0]).toMatchObject({
      code: 'manifest-field-read-as',
      params: { field: 'mode', written: '0644', read: '420', lines: '5' },
    })
  })

  it('gives each object its own notes', () => {
    const item = (name: string, value: string) =>
      `- {apiVersion: v1, kind: ConfigMap, metadata: {name: ${name}}, spec: {x: ${value}}}`
    const objects = readManifest(`apiVersion: v1\nkind: List\nitems:\n${item('a', 'yes')}\n${item('b', '1')}`)
    expect(objects.map(({ notes }) => notes.length)).toEqual([1, 0])
  })

  it.each([
    ['a: *b', 'manifest-alias', 4],
    ['a: &b 1', 'manifest-anchor', 4],
    ['a: !!str 1', 'manifest-tag', 4],
    ['a:\n  b: !local {}', 'manifest-tag', 5],
    ['a: {b: 1, b: 2}', 'manifest-duplicate-key', 4],
    ['a:\n  b: 1\n  "b": 2', 'manifest-duplicate-key', 6],
    ['a: {1: x, "1": y}', 'manifest-duplicate-key', 4],
    ['a: {yes: x, "true": y}', 'manifest-duplicate-key', 4],
    ['a: {~: x}', 'manifest-key', 4],
    ['a: {1.5: x}', 'manifest-key', 4],
    ['a: {[b]: x}', 'manifest-key', 4],
    ['? a\n: b', 'manifest-key', 4],
    ['__proto__: {a: b}', 'manifest-key', 4],
    ['a: 9007199254740993', 'manifest-number', 4],
    ['a: -0xFFFFFFFFFFFFFFFFFF', 'manifest-number', 4],
    ['a: 1e999', 'manifest-number', 4],
    ['a: 1e-999', 'manifest-number', 4],
    ['a: .inf', 'manifest-number', 4],
    ['a: [-.Inf]', 'manifest-number', 4],
    ['a: .NaN', 'manifest-number', 4],
    ['a:\tb', 'manifest-tab', 4],
    ['a:\n\t- b', 'manifest-tab', 5],
    ['a: |\n  \tmake', 'manifest-tab', 5],
    ['a: >2-\n    b\n   \nc: d', 'manifest-syntax', 6],
    ['a: |2\n    b\n   ', 'manifest-syntax', 6],
    ['a: |\n   \n   \nb: c', 'manifest-syntax', 5],
    ['a: "b\\\n\n  c"', 'manifest-escape', 4],
    ['a\n: b', 'manifest-syntax', 5],
    ['a: {b\n  c: d}', 'manifest-key', 4],
    ['--- x', 'manifest-separator', 4],
    ['---x', 'manifest-separator', 4],
    ['---# x', 'manifest-separator', 4],
    ['--- !!map', 'manifest-separator', 4],
    ['%YAML 1.1\n---', 'manifest-directive', 4],
    ['%foo', 'manifest-directive', 4],
    ['...\nb: 1', 'manifest-several-documents', 5],
    ['# a\u0085b: 1', 'manifest-character', 4],
    ['# a\u2028b: 1', 'manifest-character', 4],
    ['# a\rb: 1', 'manifest-character', 4],
    ['a: "\u0007"', 'manifest-character', 4],
    ['\n\ufeffa: b', 'manifest-character', 5],
    ['a: "\\ud83c\\udf89"', 'manifest-escape', 4],
    ['a: "\\/"', 'manifest-escape', 4],
    ['a: "\\q"', 'manifest-syntax', 4],
    ['a: {b: c?d}', 'manifest-syntax', 4],
    ['a: [::1]', 'manifest-syntax', 4],
    ['a: {b:{c: d}}', 'manifest-syntax', 4],
    ['a: b: c', 'manifest-syntax', 4],
    ['a: [b', 'manifest-syntax', 4],
    ['a: "b', 'manifest-syntax', 4],
    ['  a: b', 'manifest-syntax', 4],
    ['a: @b', 'manifest-syntax', 4],
    ['Kind: Pod', 'manifest-field-name', 4],
    ['METADATA: {}', 'manifest-field-name', 4],
    ['items: [a]', 'manifest-list', 4],
    ['---\n- a', 'manifest-no-object', 5],
    ['---\nyes', 'manifest-no-object', 5],
  ])('refuses %j with %s and its line', (body, problem, line) => {
    const error = refused(HEAD + body)
    expect(error).toMatchObject({ code: 'invalid-arguments', params: { problem, line } })
    expect(error.message).toMatch(new RegExp(`^Line ${line}: .+\\.$`))
  })

  it.each([
    ['kind: Pod\nmetadata: {name: a}', 'manifest-api-version', 1],
    ['apiVersion: 1\nkind: Pod\nmetadata: {name: a}', 'manifest-api-version', 1],
    ['apiVersion: ../v1\nkind: Pod\nmetadata: {name: a}', 'manifest-api-version', 1],
    ['apiVersion: v1\nmetadata: {name: a}', 'manifest-kind', 1],
    ['apiVersion: v1\nkind: [Pod]\nmetadata: {name: a}', 'manifest-kind', 2],
    ['apiVersion: v1\nkind: Pod\nspec: {}', 'manifest-metadata', 1],
    ['apiVersion: v1\nkind: Pod\nmetadata:\n  labels: {a: b}', 'manifest-name', 4],
    ['apiVersion: v1\nkind: Pod\nmetadata:\n  name: 5', 'manifest-name', 4],
    ['apiVersion: v1\nkind: Pod\nmetadata:\n  name: a/b', 'manifest-name', 4],
    ['apiVersion: v1\nkind: Pod\nmetadata:\n  name: ..', 'manifest-name', 4],
    ['apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  Namespace: b', 'manifest-field-name', 5],
    ['apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: B/c', 'manifest-namespace', 5],
    ['apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    on: yes', 'manifest-labels', 6],
    ['apiVersion: v1\nkind: List', 'manifest-list', 1],
  ])('refuses the object %j', (text, problem, line) => {
    expect(refused(text)).toMatchObject({ params: { problem, line } })
  })

  it('accepts generateName only if an object is created', () => {
    const text = 'apiVersion: batch/v1\nkind: Job\nmetadata: {generateName: run-}'
    expect(refused(text)).toMatchObject({ params: { problem: 'manifest-name' } })
    expect(readManifest(text, { mayGenerateName: true })).toMatchObject([{ name: '', generateName: 'run-' }])
  })

  it.each([
    ['{"apiVersion": "v1",\n"kind": "ConfigMap",\n"kind": "Secret"}', 'manifest-duplicate-key', 3],
    ['{"a": {"b": [{"c": 1}, {"c": 1,\n "\\u0063": 2}]}}', 'manifest-duplicate-key', 2],
    ['{"a":\n9007199254740993}', 'manifest-number', 2],
    ['{"a": 1e999}', 'manifest-number', 1],
    ['{"a": "\\ud83c"}', 'manifest-escape', 1],
    ['{"__proto__": {"a": 1}}', 'manifest-key', 1],
  ])('refuses the JSON %j', (text, problem, line) => {
    expect(refused(text)).toMatchObject({ params: { problem, line } })
  })

  it('reads escapes and control characters that only JSON has', () => {
    const text = `{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a":"\\ud83c\\udf89\\/\u2028"}}`
    expect(readManifest(text)[0]?.object.data).toEqual({ a: '🎉/\u2028' })
  })

  it('reads line breaks of Windows and a byte order mark at the begin', () => {
    const text = `\ufeff${HEAD}data:\n  a: |\n    b\n    c\n---\n${HEAD}`.replaceAll('\n', '\r\n')
    const objects = readManifest(text)
    expect(objects).toHaveLength(2)
    expect(objects[0]?.object.data).toEqual({ a: 'b\nc\n' })
  })

  it('ends the last line of a block of text', () => {
    expect(only('data:\n  a: |+\n    b\n    ').object.data).toEqual({ a: 'b\n\n' })
    expect(only('data:\n  a: |+\n    b').object.data).toEqual({ a: 'b\n' })
  })

  it.each([null, undefined, '', '# nothing', '---\n---', [], '{}'.slice(2)])('refuses %j: no object', (manifest) => {
    expect(refused(manifest)).toMatchObject({ params: { problem: 'manifest-empty' } })
  })

  it.each([
    5,
    true,
    {},
    [5],
    { kind: { toString: 'x' } },
    { apiVersion: 'v1', kind: 'Pod', metadata: [] },
    '[]',
    '"a"',
  ])('refuses %j of any shape with a KubeError (writes-31)', (manifest) => {
    expect(refused(manifest).code).toBe('invalid-arguments')
  })

  it.each([
    ['brackets', `${HEAD}a: ${'['.repeat(100_000)}`],
    ['closed brackets', `${HEAD}a: ${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['dashes', `${HEAD}a:\n ${'- '.repeat(60_000)}`],
    ['braces', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['flow maps', `${HEAD}a: ${'{a: '.repeat(25_000)}`],
    ['65 levels', `${HEAD}a: ${'['.repeat(65)}${']'.repeat(65)}`],
    ['quotes', `${HEAD}a: ${'"\\"" '.repeat(20_000)}`],
    ['fields', `${HEAD}a: {${Array.from({ length: 10_000 }, (_, index) => `k${index}: `).join(',')} k0: }`],
  ])('refuses many %s soon', (_, text) => {
    expect(cpuMs(() => expect(refused(text).params.line).toBeGreaterThan(0))).toBeLessThan(5_000)
  })

  it('refuses manifests longer than 128 KiB', () => {
    expect(refused(`${HEAD}a: ${'b'.repeat(128 * 1024)}`)).toMatchObject({ params: { problem: 'manifest-too-long' } })
    expect(refused({ a: 'b'.repeat(128 * 1024 + 1) })).toMatchObject({ params: { problem: 'manifest-too-long' } })
  })

  it('never quotes a value of an invalid text: it may be a credential', () => {
    for (const body of ['a: "hunter2', 'password: hunter2 # x\n  hunter2: [', 'a: [hunter2 }', 'hunter2'])
      expect(refused(HEAD + body).message).not.toContain('hunter2')
  })
})
