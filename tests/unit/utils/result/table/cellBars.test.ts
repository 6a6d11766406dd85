import { describe, expect, it } from 'vitest'
import { cellBars } from '../../../../../utils/result/table/cellBars'

const bar = (columns: string[], rows: string[][], heading: string, row = 0) =>
  cellBars(columns, rows).get(columns.indexOf(heading))?.(rows[row] ?? [])

describe('the bar in a cell', () => {
  const top = ['NAME', 'CPU', 'MEMORY', '%CPU/R', '%CPU/L', '%MEM/L']
  const usage = [
    ['web', '500m', '128Mi', '50%', '25%', '92%'],
    ['db', '2', '1Gi', '210%', '', '80%'],
  ]

  it('is an amount relative to the largest of its column, in any unit', () => {
    expect(bar(top, usage, 'CPU')).toEqual({ share: 0.25, tone: 'plain' })
    expect(bar(top, usage, 'MEMORY')).toEqual({ share: 0.125, tone: 'plain' })
    expect(bar(top, usage, 'CPU', 1)?.share).toBe(1)
  })

  it('is a share of the limit, with the place of the request', () => {
    expect(bar(top, usage, '%CPU/L')).toEqual({ share: 0.25, tone: 'plain', request: 0.5 })
    expect(bar(top, usage, '%CPU/L', 1)).toBeUndefined()
  })

  it('warns of much, by limit and by request', () => {
    expect(bar(top, usage, '%MEM/L')?.tone).toBe('bad')
    expect(bar(top, usage, '%MEM/L', 1)?.tone).toBe('warn')
    expect(bar(top, usage, '%CPU/R')?.tone).toBe('plain')
    expect(bar(top, usage, '%CPU/R', 1)).toEqual({ share: 1, tone: 'warn' })
  })

  it('is there for nodes and restarts too', () => {
    expect(bar(['NAME', 'CPU%'], [['n', '91%']], 'CPU%')).toEqual({ share: 0.91, tone: 'bad' })
    const pods = [
      ['a', '8 (2m ago)'],
      ['b', '0'],
      ['c', '2'],
    ]
    expect([0, 1, 2].map((row) => bar(['NAME', 'RESTARTS'], pods, 'RESTARTS', row)?.share)).toEqual([
      ...[1, undefined, 0.25],
    ])
  })

  it('is absent where nothing is measured', () => {
    expect(cellBars(['NAME', 'RESTARTS', 'STATUS'], [['a', '0', 'Running']]).size).toBe(0)
    expect(cellBars(['NAME', 'CAPACITY'], [['a', '5Gi']]).size).toBe(0)
  })
})
