import { describe, expect, it } from 'vitest'
import { foldsAround, outline, visibleLines, yamlLines } from '../../../../utils/result/yamlFolds'

const text = `apiVersion: v1
metadata:
  labels:
    app: cart
  name: cart
spec:
  containers:
  - name: cart
    args:
      - --verbose

      - --fast
  - name: proxy
status: {}
`
const lines = yamlLines(text)
const folds = lines.flatMap(({ number, end }) => (end === undefined ? [] : [[number, end + 1]]))

describe('yamlLines', () => {
  it('folds mappings, sequences at the indentation of their key, and items', () => {
    expect(folds).toEqual([
      [2, 5],
      [3, 4],
      [6, 13],
      [7, 13],
      [8, 12],
      [9, 12],
    ])
  })

  it('hides what is inside a fold, and shows all again', () => {
    const shown = visibleLines(lines, new Set([1, 6])).map(({ number }) => number)
    expect(shown).toEqual([1, 2, 6, 7, 14])
    expect(visibleLines(lines, new Set())).toHaveLength(lines.length)
  })

  it('names the folds that hide a line', () => {
    expect(foldsAround(lines, new Set([1, 5, 6]), 9)).toEqual([5, 6])
  })

  it('lists the outermost keys that have parts', () => {
    expect(outline(lines)).toEqual([
      { key: 'metadata', index: 1 },
      { key: 'spec', index: 5 },
    ])
  })
})
