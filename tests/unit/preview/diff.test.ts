import { describe, expect, it } from 'vitest'
import { showDiff } from '../../../server/preview/diff'
import type { ShownDiff } from '../../../server/preview/diff'
import { strip } from '../../../server/preview/strip'
import type { KubernetesObject } from '../../../server/preview/types'

const CANARY = 'hunter2-canary'
const encoded = Buffer.from(CANARY).toString('base64')

const deployment = (replicas: number, more: KubernetesObject = {}): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { replicas, ...more },
})
const secret = (data: Record<string, string>): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's' },
  data,
})
const show = (before: KubernetesObject | undefined, after: KubernetesObject | undefined) =>
  showDiff([{ title: 'It', ...(before && { before }), ...(after && { after }) }])
/** With the notes in English. */
const said = (shown: ShownDiff | undefined) => shown && { ...shown, notes: shown.notes.map(({ text }) => text) }

describe('the diff', () => {
  it('shows the lines that change, with a few around them', () => {
    expect(show(deployment(3), deployment(5))).toEqual({
      diff: ['@@ -3,4 +3,4 @@', ' metadata:', '   name: web', ' spec:', '-  replicas: 3', '+  replicas: 5'].join('\n'),
      notes: [],
    })
  })

  it('is all plus for what is new, all minus for what goes', () => {
    expect(show(undefined, { kind: 'A' }).diff).toBe('@@ -0,0 +1,1 @@\n+kind: A')
    expect(show({ kind: 'A' }, undefined).diff).toBe('@@ -1,1 +0,0 @@\n-kind: A')
  })

  it('names the object of each hunk where there are several', () => {
    const change = (title: string) => ({ title, after: { kind: title } })
    expect(showDiff([change('A'), change('B')]).diff).toBe('@@ -0,0 +1,1 @@ A\n+kind: A\n@@ -0,0 +1,1 @@ B\n+kind: B')
  })

  it('says that nothing would change', () => {
    expect(said(show(deployment(3), { ...deployment(3), status: { replicas: 9 } }))).toEqual({
      notes: ['Nothing would change in It.'],
    })
  })

  it('is bounded in lines and in their length', () => {
    const data = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`key-${at}`, 'x'.repeat(1000)]))
    const lines = show(undefined, { kind: 'ConfigMap', data }).diff?.split('\n') ?? []
    expect(lines).toHaveLength(401)
    expect(lines.at(-1)).toBe('@@ … 603 more lines @@')
    expect(Math.max(...lines.map(({ length }) => length))).toBe(400)
  })

  it('quotes the text "yes", which is no boolean', () => {
    expect(show(undefined, { kind: 'ConfigMap', data: { a: 'yes' } }).diff).toContain('a: "yes"')
  })

  it('leaves out hidden characters, and says where they are the change', () => {
    const shown = show({ kind: 'ConfigMap', data: { a: 'x' } }, { kind: 'ConfigMap', data: { a: 'x\u202e' } })
    expect(said(shown)).toEqual({ notes: ['Changes that are not shown, in It: data.a.'] })
  })

  it('takes 4,000 changed lines in under two seconds', () => {
    const data = (value: string) =>
      Object.fromEntries(Array.from({ length: 4000 }, (_, at) => [`key-${at}`, `${value} ${at}`]))
    const start = performance.now()
    expect(show({ kind: 'ConfigMap', data: data('a') }, { kind: 'ConfigMap', data: data('b') }).diff).toContain('+')
    expect(performance.now() - start).toBeLessThan(2000)
  })
})

describe('a secret', () => {
  it('is in no diff; that it changes is said', () => {
    const shown = show(secret({ password: encoded, same: 'eA==' }), secret({ password: 'bmV3', same: 'eA==' }))
    expect(JSON.stringify(shown)).not.toMatch(new RegExp(`${CANARY}|${encoded}`))
    expect(said(shown)?.notes).toEqual(['Changes that are not shown, in It: data.password.'])
  })

  it('is in no diff of stringData, of a variable, of a URL, of a text, of an annotation', () => {
    const env = (value: string) =>
      deployment(1, { env: [{ name: 'DB_PASSWORD', value }], url: `https://me:${value}@host/` })
    const applied = {
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': CANARY, a: `password: ${CANARY}` },
    }
    const shown = [
      show(undefined, { kind: 'Secret', stringData: { password: CANARY } }),
      show(env(CANARY), env('another')),
      show({ kind: 'ConfigMap', data: { 'app.yaml': `password: ${CANARY}\na: 1\n` } }, undefined),
      show({ kind: 'Pod', metadata: applied }, undefined),
      show({ kind: 'List', items: [secret({ a: encoded })] }, undefined),
    ]
    expect(JSON.stringify(shown)).not.toMatch(new RegExp(`${CANARY}|${encoded}`))
    expect(said(shown[1])?.notes).toEqual(['Changes that are not shown, in It: spec.env[0].value, spec.url.'])
  })

  it('that the server masks is not called a change', () => {
    const shown = show(secret({ password: '***', old: '***' }), secret({ password: encoded, fresh: 'eA==' }))
    expect(shown.diff?.split('\n').filter((line) => /^[+-]/.test(line))).toEqual([
      '-  old: <redacted>',
      '+  fresh: <redacted, 1 bytes>',
    ])
    expect(said(shown)?.notes).toEqual(['The MCP server masks the values of It: which of them change is not known.'])
  })
})

describe('what the cluster keeps for itself', () => {
  it('is stripped', () => {
    const own = { uid: 'u', resourceVersion: '1', generation: 2, creationTimestamp: 'now', managedFields: [] }
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' }
    const template = { metadata: { creationTimestamp: null, labels: { app: 'web' } } }
    expect(
      strip({ kind: 'Deployment', metadata: { name: 'web', annotations, ...own }, spec: { template }, status: {} }),
    ).toEqual({
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: { template: { metadata: { labels: { app: 'web' } } } },
    })
  })

  it('leaves the other annotations', () => {
    expect(strip({ metadata: { annotations: { a: 'b' } } })).toEqual({ metadata: { annotations: { a: 'b' } } })
  })
})
