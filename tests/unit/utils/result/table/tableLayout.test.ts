import { describe, expect, it } from 'vitest'
import type { TableResult } from '#shared/result'
import { healthTable } from '../../../../../utils/result/table/tableHealth'
import { narrowColumns, tableLayout } from '../../../../../utils/result/table/tableLayout'

const NOW = Date.parse('2026-11-30T00:00:00Z')

function tableOf(columns: string[], rows: string[][], more: Partial<TableResult> = {}) {
  return healthTable({ kind: 'table', columns, rows, ...more }, 'WHY', ({ text }) => text, NOW)
}

const PODS = ['NAMESPACE', 'NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE', 'NODE', 'NOMINATED NODE']
const pod = (name: string, status: string) => ['shop', name, '1/1', status, '0', '5m', 'worker-1', '<none>']
const three = [pod('a', 'Running'), pod('b', 'Running'), pod('c', 'Error')]

describe('the columns of a table', () => {
  it('moves a value that all rows share into the caption, and drops empty columns', () => {
    const { constants, hidden } = tableLayout(tableOf(PODS, three))
    expect(constants).toEqual([
      { heading: 'NAMESPACE', value: 'shop' },
      { heading: 'RESTARTS', value: '0' },
      { heading: 'NODE', value: 'worker-1' },
    ])
    expect([...hidden]).toEqual([0, 4, 6, 7])
  })

  it('never hides name, state, age or readiness, and takes two equal rows for no rule', () => {
    const { hidden } = tableLayout(tableOf(PODS, three.slice(0, 2)))
    expect(hidden.size).toBe(0)
    const same = [pod('a', 'Running'), pod('b', 'Running'), pod('c', 'Running')]
    for (const kept of ['NAME', 'READY', 'STATUS', 'AGE'])
      expect(tableLayout(tableOf(PODS, same)).hidden).not.toContain(PODS.indexOf(kept))
  })

  it('hides the columns of `-o wide`', () => {
    expect(tableLayout(tableOf(PODS, three.slice(0, 2)), [6, 7]).hidden).toEqual(new Set([6, 7]))
  })
})

describe('a row on a narrow page', () => {
  const shown = (columns: string[], rows: string[][], more?: Partial<TableResult>) => {
    const table = tableOf(columns, rows, more)
    const { name, state, text, rest } = narrowColumns(table, tableLayout(table))
    const heading = (column: number | undefined) => (column === undefined ? undefined : table.columns[column])
    return { name: heading(name), state: heading(state), text: heading(text), rest: rest.map(heading) }
  }

  it('shows a pod’s status beside its name and the reason below', () => {
    expect(shown(PODS, three.slice(0, 2), { verdicts: ['ok', 'bad'], reasons: { 1: 'BackOff' } })).toEqual({
      name: 'NAME',
      state: 'STATUS',
      text: 'WHY',
      rest: ['READY', 'RESTARTS', 'AGE', 'NAMESPACE'],
    })
  })

  it('shows an event’s reason beside its object and the message below', () => {
    const columns = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']
    expect(shown(columns, [['5m', 'Warning', 'BackOff', 'pod/a', 'Back-off restarting']])).toEqual({
      name: 'OBJECT',
      state: 'REASON',
      text: 'MESSAGE',
      rest: ['LAST SEEN', 'TYPE'],
    })
  })

  it('shows a kind without any state by its name alone', () => {
    expect(shown(['NAME', 'DATA', 'AGE'], [['a', '1', '5m']])).toMatchObject({ name: 'NAME', state: undefined })
  })
})
