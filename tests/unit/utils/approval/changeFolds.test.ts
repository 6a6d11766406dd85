import { describe, expect, it } from 'vitest'
import { cardDiff, requiredFolds } from '../../../../utils/approval/changeFolds'
import { approvalOf } from './approvalServer'

const lines = (count: number, sign: string) => Array.from({ length: count }, (_, at) => `${sign} line ${at}`).join('\n')
const withDiffs = (...diffs: string[]) =>
  approvalOf('a', {
    objects: diffs.map((diff, at) => ({
      ...{ verb: 'update' as const, apiVersion: 'v1', kind: 'ConfigMap', name: `c${at}` },
      ...{ diff, assigned: [], notes: [] },
    })),
  })

describe('the folds of a card', () => {
  it('is nothing of a small change', () => {
    expect(requiredFolds(approvalOf('a'))).toEqual([])
    expect(cardDiff(' spec:\n-  replicas: 3\n+  replicas: 5\n', 0)).toMatchObject({ added: 1, removed: 1 })
  })

  it('is the rest of many lines, and has to be opened if they change something', () => {
    const { lines: shown, folded } = cardDiff(lines(100, '+'), 0)
    expect(shown).toHaveLength(40)
    expect(folded).toMatchObject({ changes: 60 })
    expect(folded?.lines).toHaveLength(60)
    expect(requiredFolds(withDiffs(lines(100, '+')))).toEqual(['0.rest'])
    expect(requiredFolds(withDiffs(`${lines(10, '+')}\n${lines(90, ' ')}`))).toEqual([])
  })

  it('is the end of a long value', () => {
    const value = 'x'.repeat(5000)
    const diff = cardDiff(`+  key: ${value}`, 2)
    expect(diff.lines[0]?.text.length).toBe(240)
    expect(diff.lines[0]?.more?.text.length).toBe(5000 + '  key: '.length - 240)
    expect(requiredFolds(withDiffs('', '', `+  key: ${value}`))).toEqual(['2.0'])
    expect(requiredFolds(withDiffs(`   key: ${value}`))).toEqual([])
  })

  it('is what follows the first of many objects', () => {
    expect(requiredFolds(withDiffs(...Array.from({ length: 40 }, () => '+a: b')))).toEqual(['objects'])
    expect(requiredFolds(withDiffs(...Array.from({ length: 15 }, () => '+a: b')))).toEqual([])
  })

  it('is a long text of arguments of a server that cannot preview, for that is all there is', () => {
    const more = { previewed: false, objects: [] }
    expect(requiredFolds(approvalOf('a', { ...more, arguments: lines(100, ' ') }))).toEqual(['arguments'])
    expect(requiredFolds(approvalOf('a', { ...more, arguments: 'a: b' }))).toEqual([])
  })
})
