import { describe, expect, it } from 'vitest'
import { tableChanges, withRemoved } from '../../../../utils/result/tableChanges'

const columns = ['NAMESPACE', 'NAME', 'STATUS', 'RESTARTS', 'AGE']
const cart = ['shop', 'cart', 'Running', '12 (2m ago)', '5m']
const web = ['shop', 'web', 'Running', '0', '9m']

describe('the changes between two reads of a table', () => {
  it('are the cells that differ, with their former text', () => {
    const now = ['shop', 'cart', 'Error', '13 (1s ago)', '6m']
    const { marks, removed } = tableChanges({ columns, rows: [cart, web] }, { columns, rows: [now, web] })
    expect(removed).toEqual([])
    expect([...marks.keys()]).toEqual([now])
    expect(marks.get(now)).toEqual({
      kind: 'changed',
      cells: new Map([
        [2, 'Running'],
        [3, '12 (2m ago)'],
      ]),
    })
  })

  it('are no ages, in their own column and beside the restarts', () => {
    const later = ['shop', 'cart', 'Running', '12 (3m ago)', '6m']
    expect(tableChanges({ columns, rows: [cart] }, { columns, rows: [later] }).marks.size).toBe(0)
  })

  it('are rows that came and went, in any order', () => {
    const { marks, removed } = tableChanges({ columns, rows: [cart] }, { columns, rows: [web] })
    expect(marks.get(web)).toEqual({ kind: 'added' })
    expect(removed).toEqual([{ row: cart, index: 0 }])
    expect([...marks.values()].at(-1)).toEqual({ kind: 'removed' })
    expect(tableChanges({ columns, rows: [cart, web] }, { columns, rows: [web, cart] }).marks.size).toBe(0)
  })

  it('are found by heading if a column came or went', () => {
    const wide = { columns: [...columns.slice(0, 3), 'WHY'], rows: [['shop', 'cart', 'Error', 'crashes']] }
    const { marks } = tableChanges({ columns, rows: [cart] }, wide)
    expect([...marks.values()]).toEqual([{ kind: 'changed', cells: new Map([[2, 'Running']]) }])
  })

  it('leave a row that is gone at its place', () => {
    const rows = [web]
    const changes = tableChanges({ columns, rows: [cart, web] }, { columns, rows })
    expect(withRemoved(rows, changes)).toEqual([cart, web])
    expect(withRemoved(rows, tableChanges({ columns, rows }, { columns, rows }))).toBe(rows)
  })
})
