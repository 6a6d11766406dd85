import { describe, expect, it } from 'vitest'
import { splitManifest } from '../../../../mcp/changes/manifest'

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`
const secret = 'apiVersion: v1\nkind: Secret\nmetadata: {name: login}\nstringData: {password: hunter2}\n'

const summary = (manifest: string) =>
  splitManifest(manifest).map((part) => ('problem' in part ? part.problem.text : part.object.name))

describe('splitManifest', () => {
  it('reads each document on its own, and names the lines of the whole text', () => {
    expect(summary([configMap('a'), secret, configMap('b'), 'kind: {a\n'].join('---\n'))).toEqual([
      'a',
      expect.stringMatching(/^Line 6: .*Secrets/),
      'b',
      expect.stringMatching(/^Line 14: /),
    ])
  })

  it('never repeats the value of a Secret', () => {
    expect(JSON.stringify(splitManifest(secret))).not.toContain('hunter2')
  })

  it('keeps a document as text, so that a later refusal names its line', () => {
    const [, second] = splitManifest(`${configMap('a')}---\n${configMap('b')}`)
    expect(second).toMatchObject({ manifest: `\n\n\n\n${configMap('b')}` })
  })

  it('takes the items of lists apart', () => {
    const items = ['a', 'b'].map((name) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }))
    expect(summary(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))).toEqual(['a', 'b'])
    expect(summary(`kind: List\napiVersion: v1\nitems:\n- ${JSON.stringify(items[0])}\n`)).toEqual(['a'])
  })

  it.each(['', '# nothing\n---\n', '%YAML 1.2\n---\n'])('refuses a text without objects: %j', (text) => {
    expect(() => splitManifest(text)).toThrow()
  })
})
