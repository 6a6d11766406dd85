import { describe, expect, it } from 'vitest'
import { rowKeys } from '../../../../../utils/result/table/rowKeys'
import { tableChanges, withRemoved } from '../../../../../utils/result/table/tableChanges'
import type { Row } from '../../../../../utils/result/table/tableView'

const columns = ['NAMESPACE', 'NAME', 'STATUS', 'RESTARTS', 'AGE']
const cart = ['shop', 'cart', 'Running', '12 (2m ago)', '5m']
const web = ['shop', 'web', 'Running', '0', '9m']

const read = (rows: Row[], headings = columns) => ({ columns: headings, rows, keys: rowKeys(headings, rows) })

describe('the changes between two reads of a table', () => {
  it('are the cells that differ, with their former text', () => {
    const now = ['shop', 'cart', 'Error', '13 (1s ago)', '6m']
    const { marks, removed } = tableChanges(read([cart, web]), read([now, web]))
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
    expect(tableChanges(read([cart]), read([later])).marks.size).toBe(0)
  })

  it('are rows that came and went, in any order', () => {
    const { marks, removed } = tableChanges(read([cart]), read([web]))
    expect(marks.get(web)).toEqual({ kind: 'added' })
    expect(removed).toEqual([{ row: cart, key: 'shop\ncart', index: 0 }])
    expect([...marks.values()].at(-1)).toEqual({ kind: 'removed' })
    expect(tableChanges(read([cart, web]), read([web, cart])).marks.size).toBe(0)
  })

  it('are found by heading if a column came or went', () => {
    const wide = read([['shop', 'cart', 'Error', 'crashes']], [...columns.slice(0, 3), 'WHY'])
    const { marks } = tableChanges(read([cart]), wide)
    expect([...marks.values()]).toEqual([{ kind: 'changed', cells: new Map([[2, 'Running']]) }])
  })

  it('leave a row that is gone at its place', () => {
    const rows = [web]
    const changes = tableChanges(read([cart, web]), read(rows))
    expect(withRemoved(rows, changes)).toEqual([cart, web])
    expect(withRemoved(rows, tableChanges(read(rows), read(rows)))).toBe(rows)
  })
})
