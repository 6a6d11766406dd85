import { applyPatch } from 'diff'
import { describe, expect, it } from 'vitest'
import { objectDiff, unifiedDiff } from '../../../../mcp/changes/diff'
import { objectDigest } from '../../../../mcp/changes/digest'
import { fieldChanges } from '../../../../mcp/changes/field-changes'
import { parsePath, pathText, valueAt, withValueAt } from '../../../../mcp/changes/field-path'
import { assignedPaths, ASSIGNED, markAssigned, withoutStatus } from '../../../../mcp/changes/normalise'
import type { Operation } from '../../../../mcp/changes/types'
import { cpuMs } from '../../../support/cpu-time'

const configMap = (data: Record<string, string>, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', namespace: 'shop', ...metadata },
  data,
})
const KUBECONFIG = 'apiVersion: v1\nkind: Config\nusers:\n- user: {token: one}\n'

function diffOf(before: ReturnType<typeof configMap>, after: ReturnType<typeof configMap>) {
  return objectDiff(before, after, fieldChanges(before, after))
}

describe('the diff of an object', () => {
  it('has three lines of context and no headings', () => {
    const before = configMap({ a: '1', b: '2', c: '3', d: '4', e: '5', f: '6', g: '7', h: '8' })
    const diff = diffOf(before, { ...before, data: { ...before.data, d: '9' } })
    expect(diff).toBe(
      [
        '@@ -7,7 +7,7 @@',
        '   a: "1"',
        '   b: "2"',
        '   c: "3"',
        '-  d: "4"',
        '+  d: "9"',
        '   e: "5"',
        '   f: "6"',
        '   g: "7"',
      ].join('\n'),
    )
  })

  it('is complete, however long the values are', () => {
    const long = Array.from({ length: 2000 }, (_, index) => `line ${index} ${'x'.repeat(200)}`)
    const diff = objectDiff(undefined, configMap({ text: long.join('\n') }))
    for (const line of long) expect(diff).toContain(`+    ${line}`)
  })

  it('quotes the text "yes", which is not a boolean', () => {
    expect(objectDiff(undefined, configMap({ a: 'yes' }))).toContain('+  a: "yes"')
  })

  it.each([
    ['in the middle', 500, 500],
    ['at the begin', 0, 9],
    ['at the end', 2, 0],
    ['everywhere', 0, 0],
  ])('of 4,000 changed lines %s takes less than two seconds, and gives what it says', (_, before, behind) => {
    const lines = (word: string, count: number) => Array.from({ length: count }, (__, at) => `${word} ${at}\n`)
    const text = (word: string) => [...lines('a', before), ...lines(word, 4000), ...lines('z', behind)].join('')
    let diff = ''
    expect(cpuMs(() => (diff = unifiedDiff(text('old'), text('new'))))).toBeLessThan(2000)
    expect(applyPatch(text('old'), `--- a\n+++ b\n${diff}\n`)).toBe(text('new'))
    expect(diff.split('\n').length).toBeLessThan(8010)
    const [added, removed] = [unifiedDiff('', text('new')), unifiedDiff(text('old'), '')]
    expect(applyPatch('', `--- a\n+++ b\n${added}\n`)).toBe(text('new'))
    expect(applyPatch(text('old'), `--- a\n+++ b\n${removed}\n`)).toBe('')
  })

  it('is empty for equal objects', () => {
    expect(diffOf(configMap({ a: '1' }), configMap({ a: '1' }))).toBe('')
  })

  it('takes away every line of an object that is deleted', () => {
    const diff = objectDiff(configMap({ a: '1' }), undefined)
    expect(
      diff
        .split('\n')
        .slice(1)
        .every((line) => line.startsWith('-')),
    ).toBe(true)
    expect(diff).toContain('-  a: "1"')
  })

  it('shows that a hidden value becomes another one, and neither of them', () => {
    const diff = diffOf(configMap({ config: KUBECONFIG }), configMap({ config: KUBECONFIG.replace('one', 'two') }))
    expect(diff).toContain('-  config: <redacted>\n+  config: <redacted, another value>')
    expect(diff).not.toMatch(/token/)
  })
})

describe('changes of fields', () => {
  it('names the elements of the lists on the way, so that another order is another change', () => {
    const containers = (...names: string[]) => ({ containers: names.map((name) => ({ name, image: 'x:1' })) })
    const image = (index: number, object: { containers: { name: string; image: string }[] }) =>
      withValueAt(object, ['containers', index, 'image'], 'x:2')
    const [one] = fieldChanges(containers('a', 'b'), image(0, containers('a', 'b')))
    const [other] = fieldChanges(containers('b', 'a'), image(0, containers('b', 'a')))
    expect(one?.path).toEqual(['containers', 0, 'image'])
    expect(one).not.toEqual(other)
  })

  it('takes a list of another length, and a list of texts, as one value (writes-7)', () => {
    expect(fieldChanges({ args: ['a', 'b'] }, { args: ['b', 'a'] })).toEqual([
      { path: ['args'], before: ['a', 'b'], after: ['b', 'a'], order: [] },
    ])
    expect(fieldChanges({ c: [{ name: 'a' }, { name: 'b' }] }, { c: [{ name: 'a' }] })).toHaveLength(1)
  })

  it.each(['spec.ports[0].nodePort', 'metadata.annotations[example.com/a.b]', 'spec.clusterIPs'])(
    'reads and writes the path %s',
    (text) => {
      expect(pathText(parsePath(text))).toBe(text)
    },
  )

  it('reads a value with dots in its name', () => {
    const object = { metadata: { annotations: { 'example.com/a.b': '1' } } }
    expect(valueAt(object, parsePath('metadata.annotations[example.com/a.b]'))).toBe('1')
  })
})

describe('what the cluster assigns', () => {
  const operation = (more: Partial<Operation>): Operation => ({
    verb: 'create',
    resource: {
      ...{ group: '', version: 'v1', kind: 'Service', plural: 'services', singular: 'service' },
      ...{ shortNames: [], namespaced: true, verbs: [] },
    },
    namespace: 'shop',
    name: 's',
    method: 'POST',
    path: '/api/v1/namespaces/shop/services',
    contentType: 'application/json',
    query: {},
    body: {},
    live: undefined,
    assigned: [],
    notes: [],
    ...more,
  })
  const service = (spec: object) => ({ kind: 'Service', metadata: { name: 's' }, spec })

  it('is the address of a Service, unless the manifest sets it', () => {
    const result = service({ clusterIP: '10.0.0.7', clusterIPs: ['10.0.0.7'], ports: [{ port: 80, nodePort: 30001 }] })
    expect(assignedPaths(operation({}), result, result).map(pathText)).toEqual([
      'spec.clusterIP',
      'spec.clusterIPs',
      'spec.ports[0].nodePort',
    ])
    const body = service({ clusterIP: '10.0.0.7', clusterIPs: ['10.0.0.7'], ports: [{ port: 80, nodePort: 30001 }] })
    expect(assignedPaths(operation({ body }), result, result)).toEqual([])
    expect(assignedPaths(operation({ live: result }), result, result)).toEqual([])
  })

  describe('is no value that a patch sets', () => {
    const live = service({ ports: [{ port: 80 }, { port: 443 }] })
    const after = (spec: object, second: object = {}) =>
      service({ ports: [{ port: 80 }, { port: 443, ...second }], ...spec })
    const assigned = (body: unknown, result: ReturnType<typeof service>) =>
      assignedPaths(operation({ verb: 'update', method: 'PATCH', live, body }), result, result).map(pathText)

    it('at the path of a JSON patch', () => {
      const port = [{ op: 'replace', path: '/spec/ports/1/nodePort', value: 30443 }]
      expect(assigned(port, after({}, { nodePort: 30443 }))).toEqual([])
      const whole = [{ op: 'add', path: '/spec/ports/1', value: { port: 443, nodePort: 30443 } }]
      expect(assigned(whole, after({}, { nodePort: 30443 }))).toEqual([])
      const check = [{ op: 'add', path: '/spec/healthCheckNodePort', value: 31000 }]
      expect(assigned(check, after({ healthCheckNodePort: 31000 }))).toEqual([])
      const address = after({ clusterIP: '10.0.0.7', clusterIPs: ['10.0.0.7'] })
      expect(assigned([{ op: 'add', path: '/spec/clusterIP', value: '10.0.0.7' }], address)).toEqual([])
      expect(assigned([{ op: 'add', path: '/spec/clusterIPs/0', value: '10.0.0.7' }], address)).toEqual([])
    })

    it('at another index of a strategic patch', () => {
      const body = { spec: { ports: [{ port: 443, nodePort: 30443 }] } }
      expect(assigned(body, after({}, { nodePort: 30443 }))).toEqual([])
    })

    it('but those that it leaves to the cluster', () => {
      const type = [{ op: 'replace', path: '/spec/type', value: 'NodePort' }]
      expect(assigned(type, after({}, { nodePort: 30443 }))).toEqual(['spec.ports[1].nodePort'])
      const body = { spec: { type: 'NodePort', ports: [{ port: 443, nodePort: 30443 }] } }
      const both = service({
        ports: [
          { port: 80, nodePort: 30080 },
          { port: 443, nodePort: 30443 },
        ],
      })
      expect(assigned(body, both)).toEqual(['spec.ports[0].nodePort'])
      const pair = after({ clusterIP: '10.0.0.7', clusterIPs: ['10.0.0.7', 'fd00::7'] })
      expect(assigned({ spec: { clusterIP: '10.0.0.7' } }, pair)).toEqual(['spec.clusterIPs'])
    })
  })

  it('leaves the value that a patch sets in the digest', () => {
    const live = service({ ports: [{ port: 80, nodePort: 30001 }] })
    const digest = (nodePort: number) => {
      const body = [{ op: 'replace', path: '/spec/ports/0/nodePort', value: nodePort }]
      const result = service({ ports: [{ port: 80, nodePort }] })
      const after = markAssigned(result, assignedPaths(operation({ verb: 'update', live, body }), result, result))
      return objectDigest({
        ...{ verb: 'update', apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 's', uid: 'u' },
        ...{ more: null, changes: fieldChanges(live, after) },
      })
    }
    expect(digest(30443)).not.toBe(digest(30444))
  })

  it('is everything that differs between two dry runs, and the fields that the tool names', () => {
    const job = (uid: string) => ({
      kind: 'Job',
      metadata: { name: 'j', labels: { app: 'j', 'batch.kubernetes.io/controller-uid': uid } },
      spec: { at: 'now' },
    })
    const paths = assignedPaths(operation({ assigned: ['spec.at', 'spec.missing'] }), job('1'), job('2'))
    expect(paths.map(pathText)).toEqual(['metadata.labels[batch.kubernetes.io/controller-uid]', 'spec.at'])
    expect(markAssigned(job('1'), paths)).toEqual({
      kind: 'Job',
      metadata: { name: 'j', labels: { app: 'j', 'batch.kubernetes.io/controller-uid': ASSIGNED } },
      spec: { at: ASSIGNED },
    })
  })

  it('keeps a status that was sent and that the kind takes', () => {
    const object = { kind: 'Thing', metadata: { name: 't' }, status: { phase: 'Ready' } }
    expect(withoutStatus(object, { status: { phase: 'Ready' } })).toHaveProperty('status')
    expect(withoutStatus(object, { status: { phase: 'Other' } })).not.toHaveProperty('status')
    expect(withoutStatus(object)).not.toHaveProperty('status')
  })
})
