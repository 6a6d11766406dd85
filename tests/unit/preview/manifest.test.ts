import { parseAllDocuments } from 'yaml'
import { describe, expect, it } from 'vitest'
import { manifestObjects, withMetadata } from '../../../server/preview/manifest'

const two = `# the shop
apiVersion: v1
kind: ConfigMap
metadata:
  name: a # kept
data:
  mode: "0644"
  mood: "yes"
---
---
{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "b", "resourceVersion": "7"}}
`

describe('a manifest', () => {
  it('is read document by document, and item by item of a List', () => {
    expect(manifestObjects(two).objects.map(({ metadata }) => metadata)).toEqual([
      { name: 'a' },
      { name: 'b', resourceVersion: '7' },
    ])
    const list = 'kind: List\napiVersion: v1\nitems:\n- {kind: A}\n- {kind: B}\n'
    expect(manifestObjects(list).objects.map(({ kind }) => kind)).toEqual(['A', 'B'])
    const named = 'kind: NamespaceList\napiVersion: v1\nitems: [{metadata: {name: a}}]'
    expect(manifestObjects(named).objects).toEqual([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }])
  })

  it('is read as kubectl reads it: YAML 1.1', () => {
    expect(
      manifestObjects('kind: A\nmode: 0644\non: yes\nday: 2026-11-24\nports: 22:22\n<<: {merged: 1}\n').objects,
    ).toEqual([{ kind: 'A', mode: 420, true: true, day: '2026-11-24', ports: '22:22', merged: 1 }])
  })

  it.each([
    ['password: hunter2-canary: x', 'The manifest could not be read: line 1 is no valid YAML.'],
    ['- a\n- b', 'The manifest could not be read: a document of it is no object.'],
    [`a: ${'x'.repeat(500_000)}`, 'The manifest could not be read: it is too large to be shown (488 KB).'],
    [bomb(), 'The manifest could not be read: it is no YAML.'],
  ])('that cannot be read is said without its text', (text, error) => {
    const { error: note, ...read } = manifestObjects(text)
    expect({ ...read, error: note?.text }).toEqual({ objects: [], error })
  })

  it('gets the resourceVersion of what was previewed, and keeps all else to the comment', () => {
    const written =
      withMetadata(two, [{ resourceVersion: '12', namespace: 'shop' }, { resourceVersion: undefined }]) ?? ''
    expect(written).toContain('name: a # kept')
    expect(written).toContain('mode: "0644"')
    expect(manifestObjects(written).objects).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'a', resourceVersion: '12', namespace: 'shop' },
        data: { mode: '0644', mood: 'yes' },
      },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } },
    ])
    // A server with YAML 1.2 reads the version as text too.
    expect(JSON.stringify(parseAllDocuments(written))).toContain('"resourceVersion":"12"')
  })

  it('gets it in the items of a List', () => {
    const list =
      'kind: List\napiVersion: v1\nitems:\n- {kind: A, metadata: {name: a}}\n- {kind: B, metadata: {name: b}}\n'
    const written = withMetadata(list, [{ resourceVersion: '1' }, { resourceVersion: '2' }]) ?? ''
    expect(manifestObjects(written).objects).toEqual([
      { apiVersion: 'v1', kind: 'A', metadata: { name: 'a', resourceVersion: '1' } },
      { apiVersion: 'v1', kind: 'B', metadata: { name: 'b', resourceVersion: '2' } },
    ])
  })

  it('without anything to write is the same text', () => {
    expect(withMetadata('kind: {a: 1}   \n', [{}])).toBe('kind: {a: 1}   \n')
  })

  it('whose metadata is shared by an anchor is not written: something else would change with it', () => {
    expect(
      withMetadata('kind: A\nmetadata: &m {name: a}\nspec: {copy: *m}\n', [{ resourceVersion: '1' }]),
    ).toBeUndefined()
  })
})

/** A billion laughs. */
function bomb(): string {
  const lines = Array.from(
    { length: 12 },
    (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join(', ')}]`,
  )
  return ['a0: &a0 x', ...lines].join('\n')
}
