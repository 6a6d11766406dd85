import { describe, expect, it } from 'vitest'
import { ageSeconds, columnKind } from '../../../../../utils/result/table/sortKeys'
import { columnWidths, filterRows, sortRows } from '../../../../../utils/result/table/tableView'
import { cpuMs } from '../../../../support/cpu-time'

function sorted(heading: string, cells: string[], descending = false): string[] {
  const rows = cells.map((cell) => [cell])
  return sortRows(rows, heading, 0, descending).map((row) => row[0] ?? '')
}

describe('sorting a column', () => {
  it('sorts ages by how long they are', () => {
    expect(sorted('AGE', ['5d3h', '47m', '2y45d', '12s', '3h12m', '100d', '5d'])).toEqual([
      ...['12s', '47m', '3h12m', '5d', '5d3h', '100d', '2y45d'],
    ])
  })

  it('sorts numbers as numbers, with the remark of RESTARTS', () => {
    expect(sorted('RESTARTS', ['10', '9', '112 (4m50s ago)', '0'])).toEqual(['0', '9', '10', '112 (4m50s ago)'])
  })

  it('sorts READY by the share that is ready', () => {
    expect(sorted('READY', ['2/2', '0/2', '1/1', '1/2', '0/1'])).toEqual(['0/1', '0/2', '1/2', '1/1', '2/2'])
  })

  it('reads 100m as a quantity under CPU and as minutes under AGE', () => {
    expect(columnKind('CPU(cores)', ['100m', '2'])).toBe('quantity')
    expect(columnKind('AGE', ['100m', '2h'])).toBe('age')
    expect(sorted('CPU(cores)', ['1', '250m', '1500m', '20m'])).toEqual(['20m', '250m', '1', '1500m'])
    expect(sorted('MEMORY(bytes)', ['1Gi', '900Mi', '2048Ki'])).toEqual(['2048Ki', '900Mi', '1Gi'])
  })

  it('sorts shares and mixed units by value', () => {
    expect(sorted('%CPU/L', ['9%', '100%', '', '85%'])).toEqual(['9%', '85%', '100%', ''])
    expect(sorted('CAPACITY', ['1Ti', '500Gi', '1.5Ti', '2e3'])).toEqual(['2e3', '500Gi', '1Ti', '1.5Ti'])
  })

  it('lets a severity decide before the cells, in both directions', () => {
    const rows = [['Running'], ['Error'], ['CrashLoopBackOff']]
    const severity = ([cell]: readonly string[]) => (cell === 'Running' ? 3 : 0)
    const by = (descending: boolean) => sortRows(rows, 'STATUS', 0, descending, severity).flat()
    expect(by(false)).toEqual(['CrashLoopBackOff', 'Error', 'Running'])
    expect(by(true)).toEqual(['Running', 'Error', 'CrashLoopBackOff'])
  })

  it('sorts names and addresses naturally', () => {
    expect(sorted('NAME', ['web-10', 'web-9', 'Web-1'])).toEqual(['Web-1', 'web-9', 'web-10'])
    expect(sorted('IP', ['10.0.0.10', '10.0.0.9', '10.0.0.100'])).toEqual(['10.0.0.9', '10.0.0.10', '10.0.0.100'])
  })

  it('puts empty cells last in both directions', () => {
    expect(sorted('AGE', ['<unknown>', '5m', '', '3s'])).toEqual(['3s', '5m', '<unknown>', ''])
    expect(sorted('AGE', ['<unknown>', '5m', '', '3s'], true)).toEqual(['5m', '3s', '<unknown>', ''])
  })

  it('falls back to text if one cell does not fit', () => {
    expect(columnKind('AGE', ['5m', 'yesterday'])).toBe('text')
    expect(sorted('X', ['b', '10', 'a', '9'])).toEqual(['9', '10', 'a', 'b'])
  })

  it('keeps the order of equal rows, and leaves the given rows alone', () => {
    const rows = [
      ['a', '1'],
      ['b', '1'],
      ['c', '0'],
    ]
    expect(sortRows(rows, 'N', 1, true).map((row) => row[0])).toEqual(['a', 'b', 'c'])
    expect(rows.map((row) => row[0])).toEqual(['a', 'b', 'c'])
  })

  it('does not take a name for an age', () => {
    expect(ageSeconds('5days')).toBeUndefined()
    expect(ageSeconds('m5')).toBeUndefined()
    expect(ageSeconds('1h1m1s')).toBe(3661)
  })

  it('sorts 5,000 rows in well under a second', () => {
    const rows = Array.from({ length: 5000 }, (_, index) => [`pod-${(index * 7919) % 5000}`])
    let sorted: readonly (readonly string[])[] = rows
    expect(cpuMs(() => (sorted = sortRows(rows, 'NAME', 0, false)))).toBeLessThan(1000)
    expect(sorted[4999]?.[0]).toBe('pod-4999')
  })
})

describe('filterRows', () => {
  const rows = [
    ['shop', 'cart-1', 'Running'],
    ['shop', 'web-1', 'CrashLoopBackOff'],
    ['payments', 'web-2', 'Running'],
  ]

  it('wants every word, in any cell and any case', () => {
    expect(filterRows(rows, 'SHOP crash')).toEqual([rows[1]])
    expect(filterRows(rows, 'web')).toEqual([rows[1], rows[2]])
    expect(filterRows(rows, 'nothing')).toEqual([])
  })

  it('does not match across two cells', () => {
    expect(filterRows(rows, 'shopcart')).toEqual([])
  })

  it('gives back the same rows for an empty query', () => {
    expect(filterRows(rows, '  ')).toBe(rows)
  })
})

describe('columnWidths', () => {
  it('is as wide as the longest cell, with room for the heading, and bounded', () => {
    expect(columnWidths(['NAME', 'X'], [['abcdefgh', 'y'.repeat(500)]], 64)).toEqual([8, 64])
    expect(columnWidths(['NAMESPACE'], [['a']])).toEqual([11])
  })
})
