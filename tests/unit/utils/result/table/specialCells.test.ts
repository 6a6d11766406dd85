import { describe, expect, it } from 'vitest'
import type { TableResult } from '../../../../../shared/result'
import { specialCells } from '../../../../../utils/result/table/specialCells'
import { healthTable } from '../../../../../utils/result/table/tableHealth'

const asOf = '2026-11-30T15:30:00.000Z'
const tableOf = (columns: string[], rows: string[][], more: Partial<TableResult> = {}) =>
  healthTable({ kind: 'table', columns, rows, asOf, ...more }, 'WHY', ({ text }) => text, Date.parse(asOf))

describe('cells that show more than their text', () => {
  it('are ages and bars, and no others', () => {
    const table = tableOf(['NAME', 'STATUS', 'RESTARTS', 'AGE'], [['a', 'Running', '2', '5m']])
    const { columns, at } = specialCells(table)
    expect([...columns.keys()]).toEqual([2, 3])
    const [row = []] = table.rows
    expect(at(row, 3)).toEqual({ isAge: true })
    expect(at(row, 2)).toEqual({ isAge: true, bar: { share: 1, tone: 'warn' } })
  })

  it('are the times of events, on the axis of all of them', () => {
    const times = [
      { first: '2026-11-30T15:00:00.000Z', last: '2026-11-30T15:20:00.000Z' },
      { first: '2026-11-30T15:10:00.000Z', last: '2026-11-30T15:15:00.000Z' },
    ]
    const columns = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT']
    const rows = [
      ['10m', 'Normal', 'Pulled', 'pod/a'],
      ['15m', 'Warning', 'BackOff', 'pod/a'],
    ]
    const table = tableOf(columns, rows, { times, verdicts: ['ok', 'bad'] })
    const [worst = []] = table.rows
    expect(worst[2]).toBe('BackOff')
    expect(specialCells(table).at(worst, 0).time?.place).toEqual({ start: 0.5, width: 0.25 })
  })
})
