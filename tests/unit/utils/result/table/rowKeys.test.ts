import { describe, expect, it } from 'vitest'
import { rowKeys } from '../../../../../utils/result/table/rowKeys'

describe('the identity of a row', () => {
  it('is its namespace and name, whatever its state', () => {
    const columns = ['NAMESPACE', 'NAME', 'STATUS', 'AGE']
    const [before] = rowKeys(columns, [['shop', 'cart', 'Running', '5m']])
    const [after] = rowKeys(columns, [['shop', 'cart', 'Error', '6m']])
    expect(after).toBe(before)
    const [other] = rowKeys(columns, [['pay', 'cart', 'Running', '5m']])
    expect(other).not.toBe(before)
  })

  it('does not change with the type of a Service', () => {
    const columns = ['NAME', 'TYPE']
    expect(rowKeys(columns, [['web', 'ClusterIP']])).toEqual(rowKeys(columns, [['web', 'NodePort']]))
  })

  it('tells the events of one object apart by reason and message, and not by their count', () => {
    const columns = ['LAST SEEN', 'COUNT', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']
    const event = (count: string, reason: string) => ['5m', count, 'Warning', reason, 'pod/a', `${reason} of a`]
    expect(rowKeys(columns, [event('3', 'BackOff')])).toEqual(rowKeys(columns, [event('4', 'BackOff')]))
    expect(new Set(rowKeys(columns, [event('3', 'BackOff'), event('3', 'Failed')])).size).toBe(2)
  })

  it('is unique also for equal rows, and is the whole row if nothing names it', () => {
    expect(new Set(rowKeys(['NAME'], [['a'], ['a'], ['a']])).size).toBe(3)
    expect(
      new Set(
        rowKeys(
          ['KEY', 'VALUE'],
          [
            ['a', '1'],
            ['a', '2'],
          ],
        ),
      ).size,
    ).toBe(2)
  })
})
