import { describe, expect, it } from 'vitest'
import { countObjects } from '../../../../utils/attachment/countObjects'
import { looksLikeManifest } from '../../../../utils/attachment/manifestLook'

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n'
const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ kind: 'A' }, { kind: 'B' }] }, undefined, 2)

describe('the recognition of a manifest', () => {
  it.each([
    ['YAML', configMap],
    ['JSON', list],
    ['JSON in one line', JSON.stringify(JSON.parse(list))],
    ['comments before it', `# ours\n---\n${configMap}`],
    ['Windows line ends', configMap.replaceAll('\n', '\r\n')],
  ])('takes %s', (_, text) => expect(looksLikeManifest(text)).toBe(true))

  it.each([
    ['a log', 'level=info kind: Pod apiVersion: v1 was seen'],
    ['a kind alone', 'kind: Pod\n'],
    ['values of a chart', 'image: {tag: "1"}\nreplicas: 3\n'],
  ])('leaves %s', (_, text) => expect(looksLikeManifest(text)).toBe(false))

  it.each([
    ['documents', `${configMap}---\n# nothing\n---\n${configMap}`, 2],
    ['the items of a list', list, 2],
    ['a document that is not valid as one', `${configMap}---\nkind: {a\n`, 2],
    ['nothing in a log of JSON lines', '{"kind":"Event","apiVersion":"v1"}\n{"kind":"Event","apiVersion":"v1"}\n', 0],
    ['nothing in other YAML', 'a: {apiVersion: v1, kind: Pod}\n', 0],
    ['nothing in an empty text', '', 0],
    ['a template that YAML cannot read', 'apiVersion: v1\nkind: Pod\n{{- if .a }}\nx: y\n', 1],
  ])('counts %s', (_, text, objects) => expect(countObjects(text)).toBe(objects))
})
