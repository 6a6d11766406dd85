import { describe, expect, it } from 'vitest'
import { ageBucket, countRowSteps, countValues } from '../../../../shared/results/counts'
import { atOnce } from '../../../../shared/steps'

const countRows = (...asked: Parameters<typeof countRowSteps>) => atOnce(countRowSteps(...asked))

const table = {
  columns: ['NAMESPACE', 'NAME', 'STATUS', 'AGE', 'NODE'],
  rows: [
    ['shop', 'a', 'Running', '5d', 'worker-1'],
    ['shop', 'b', 'Running', '9m', 'worker-2'],
    ['apps', 'c', 'Pending', '40s', '<none>'],
    ['shop', 'd', 'Pending', '2y12d', 'worker-1'],
  ],
}

describe('counts', () => {
  it('counts by a column, the largest first', () => {
    expect(countRows(table, 'namespace')).toEqual({
      by: 'namespace',
      values: [
        ['shop', 3],
        ['apps', 1],
      ],
    })
    expect(countRows(table, 'Node')?.values).toEqual([
      ['worker-1', 2],
      ['(none)', 1],
      ['worker-2', 1],
    ])
  })

  it('counts ages in buckets', () => {
    expect(countRows(table, 'age')?.values).toEqual([
      ['under 10m', 2],
      ['1d to 7d', 1],
      ['30d and more', 1],
    ])
    expect(ageBucket(undefined)).toBe('(unknown)')
    expect(ageBucket(3600)).toBe('1h to 1d')
  })

  it('counts by two columns together', () => {
    expect(countRows(table, 'namespace,status')?.values).toEqual([
      ['shop · Running', 2],
      ['apps · Pending', 1],
      ['shop · Pending', 1],
    ])
  })

  it('has no counts by a column that is not there', () => {
    expect(countRows(table, 'zone')).toBeUndefined()
    expect(countRows(table, 'namespace,zone')).toBeUndefined()
  })

  it('keeps the sum', () => {
    const values = Array.from({ length: 1000 }, (_, index) => `v${index % 37}`)
    expect(countValues('v', values).values.reduce((sum, [, number]) => sum + number, 0)).toBe(1000)
  })
})
