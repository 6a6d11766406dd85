/** Secrets and last-applied-configuration in manifests, in every form that a server writes them. */
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { redactText } from '../../../server/results'
import { presentText, textOf } from '../results/load-fixture'

const PASSWORD = 'correct horse'
const base64 = Buffer.from(PASSWORD).toString('base64')

/** As kubernetes-mcp-server writes it: data before kind. */
const secretYaml = `apiVersion: v1
data:
  key: ${base64}
  empty: ""
kind: Secret
metadata:
  name: db
  resourceVersion: "422"
type: Opaque`

describe('Secrets in YAML', () => {
  it('keeps keys and sizes, and everything else', () => {
    expect(redactText(secretYaml)).toBe(secretYaml.replace(base64, '<redacted, 13 bytes>'))
  })

  it('replaces a value with everything in it, and reads on behind it', () => {
    const values = [
      `  a: ${Buffer.from('-----BEGIN PRIVATE KEY-----').toString('base64')}`,
      '  b: |',
      '    -----BEGIN CERTIFICATE-----',
      '    token: ',
      `  c: ${base64}`,
    ]
    const text = [
      'kind: Secret',
      'data:',
      ...values,
      '---',
      'kind: ConfigMap',
      'data:',
      '  password: hunter2x',
      '  d: e',
    ]
    expect(redactText(text.join('\n')).split('\n')).toEqual([
      ...['kind: Secret', 'data:', '  a: <redacted, 27 bytes>', '  b: <redacted>', '  c: <redacted, 13 bytes>'],
      ...['---', 'kind: ConfigMap', 'data:', '  password: <redacted>', '  d: e'],
    ])
  })

  it('has any number of lines', () => {
    const count = 150_000
    const redacted = redactText(`kind: Secret\ndata:\n${`  k: ${base64}\n`.repeat(count)}`)
    expect(redacted).not.toContain(base64)
    expect(redacted.split('\n')).toHaveLength(count + 3)
  })

  it('is the same when done twice', () => {
    expect(redactText(redactText(secretYaml))).toBe(redactText(secretYaml))
  })

  it('knows kind before data, stringData, quotes, and values on several lines', () => {
    const text = `kind: "Secret"
stringData:
  plain: ${PASSWORD}
  quoted: "${PASSWORD}"
  'single': '${PASSWORD}'
  block: |
    first ${PASSWORD}

    second ${PASSWORD}
  folded: some words and
    ${PASSWORD}
# a comment with ${PASSWORD} stays, since it is no value
type: Opaque`
    expect(redactText(text)).toBe(`kind: "Secret"
stringData:
  plain: <redacted, 13 bytes>
  quoted: <redacted, 13 bytes>
  'single': <redacted, 13 bytes>
  block: <redacted>
  folded: <redacted>
# a comment with ${PASSWORD} stays, since it is no value
type: Opaque`)
  })

  it('knows the size of folded base64', () => {
    const text = `kind: Secret\ndata:\n  ca: |\n    ${base64.slice(0, 8)}\n    ${base64.slice(8)}`
    expect(redactText(text)).toContain('ca: <redacted, 13 bytes>')
  })

  it('redacts every Secret of a list and leaves the ConfigMap beside it', () => {
    const text = `apiVersion: v1
items:
- apiVersion: v1
  data:
    a: ${base64}
  kind: Secret
  metadata: {name: one}
- apiVersion: v1
  data:
    a: visible
  kind: ConfigMap
- kind: Secret
  apiVersion: v1
  stringData:
    b: ${PASSWORD}
kind: List`
    const redacted = redactText(text)
    expect(redacted).not.toContain(base64)
    expect(redacted).not.toContain(PASSWORD)
    expect(parse(redacted)).toMatchObject({
      items: [
        { data: { a: '<redacted, 13 bytes>' } },
        { data: { a: 'visible' } },
        { stringData: { b: '<redacted, 13 bytes>' } },
      ],
    })
  })

  it('knows a SecretList whose items have no kind', () => {
    const redacted = redactText(`items:\n- data:\n    a: ${base64}\n  metadata: {}\nkind: SecretList`)
    expect(redacted).toBe('items:\n- data:\n    a: <redacted, 13 bytes>\n  metadata: {}\nkind: SecretList')
  })

  it('knows several documents, and a manifest inside a ConfigMap', () => {
    const text = `kind: ConfigMap
data:
  plain: visible
  manifest.yaml: |
    kind: Secret
    data:
      a: ${base64}
---
kind: Secret
data:
  b: ${base64}`
    const redacted = redactText(text)
    expect(redacted).not.toContain(base64)
    expect(redacted).toContain('plain: visible')
    expect(redacted).toContain('      a: <redacted, 13 bytes>')
  })

  it('parses a flow mapping, and leaves no value of an unreadable one', () => {
    expect(redactText(`kind: Secret\ndata: {a: ${base64}}`)).toBe('kind: Secret\ndata: {a: "<redacted, 13 bytes>"}')
    expect(redactText(`kind: Secret\ndata: {a: ${base64}`)).toBe('kind: Secret\ndata: <redacted>')
  })

  it('leaves a ConfigMap, and a reference to a Secret, alone', () => {
    const text =
      'kind: ConfigMap\ndata:\n  LOG_LEVEL: info\n---\nkind: Event\ninvolvedObject:\n  kind: Secret\n  name: db\ndata:\n  a: b'
    expect(redactText(text)).toBe(text)
  })
})

describe('Secrets in JSON', () => {
  const secret = { kind: 'Secret', data: { key: base64 }, metadata: { name: 'db' } }

  it.each([
    ['compact', JSON.stringify(secret)],
    ['indented', JSON.stringify(secret, null, 4)],
    ['in a log line', `2026-01-01T00:00:00Z INFO applied ${JSON.stringify(secret)} in 3ms`],
    ['within JSON', JSON.stringify({ msg: JSON.stringify(secret) })],
    ['within JSON within JSON', JSON.stringify({ msg: JSON.stringify({ msg: JSON.stringify(secret, null, 2) }) })],
    ['cut off', JSON.stringify(secret).slice(0, JSON.stringify(secret).indexOf(base64) + 9)],
    ['in a list without kinds', JSON.stringify({ kind: 'SecretList', items: [{ data: { key: base64 } }] })],
    ['with stringData', JSON.stringify({ kind: 'Secret', stringData: { key: base64, other: 'a "quoted" one' } })],
  ])('redacts one that is %s', (_, text) => {
    const redacted = redactText(text)
    expect(redacted).not.toContain(base64.slice(0, 8))
    expect(redacted).not.toContain('quoted')
    expect(redacted).toContain('<redacted')
    expect(redacted).toContain('key')
  })

  it('comes out of a whole JSON result as YAML, with keys and sizes', () => {
    const result = presentText(
      'kubectl_get',
      JSON.stringify({ kind: 'List', items: [secret, { kind: 'ConfigMap', data: { a: 'visible' } }] }),
    )
    expect(result.forPerson.kind).toBe('yaml')
    expect(parse(textOf(result))).toEqual({
      kind: 'List',
      items: [
        { kind: 'Secret', data: { key: '<redacted, 13 bytes>' }, metadata: { name: 'db' } },
        { kind: 'ConfigMap', data: { a: 'visible' } },
      ],
    })
    expect(result.forModel).not.toContain(base64)
  })

  it('has no size for what the server has masked already', () => {
    expect(redactText('{"kind":"Secret","data":{"a":"***"}}')).toBe('{"kind":"Secret","data":{"a":"<redacted>"}}')
  })
})

describe('last-applied-configuration', () => {
  const name = 'kubectl.kubernetes.io/last-applied-configuration'
  const applied = JSON.stringify({ kind: 'Deployment', spec: { note: PASSWORD, more: 'a "b" c' } })

  it.each([
    ['a block', `metadata:\n  annotations:\n    ${name}: |\n      ${applied}\n    other: stays`],
    ['a quoted string', `metadata:\n  annotations:\n    ${name}: '${applied}'\n    other: stays`],
    [
      'a folded string',
      `metadata:\n  annotations:\n    ${name}: '{"kind":"x",\n      "note":"${PASSWORD}"}'\n    other: stays`,
    ],
    ['JSON', JSON.stringify({ annotations: { [name]: applied, other: 'stays' } }, null, 2)],
    ['JSON within JSON', JSON.stringify({ msg: JSON.stringify({ [name]: applied, other: 'stays' }) })],
    ['kubectl describe', `Annotations:  ${name}:\n                ${applied}\n              other: stays`],
  ])('loses its value in %s, and nothing beside it', (_, text) => {
    const redacted = redactText(text)
    expect(redacted).not.toContain(PASSWORD)
    expect(redacted).toContain(name)
    expect(redacted).toContain('<redacted>')
    expect(redacted).toMatch(/other.*stays/)
    expect(redactText(redacted)).toBe(redacted)
  })

  it('keeps YAML that parses', () => {
    const redacted = redactText(`metadata:\n  annotations:\n    ${name}: |\n      ${applied}\n  name: web`)
    expect(parse(redacted)).toEqual({ metadata: { annotations: { [name]: '<redacted>' }, name: 'web' } })
  })

  it('is not a value in managedFields', () => {
    const text = `managedFields:\n- fieldsV1:\n    f:annotations:\n      f:${name}: {}\n    f:spec: {}`
    expect(redactText(text)).toBe(text)
  })
})
