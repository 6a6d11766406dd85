import { describe, expect, it } from 'vitest'
import type { Message } from '../../../../../shared/messages/message'
import { renderMessage } from '../../../../../shared/messages/render'
import type { TableResult } from '../../../../../shared/result'
import { healthTable, isProblem, severityBy, verdictTone } from '../../../../../utils/result/table/tableHealth'
import { languageOf } from '../../../i18n/languages'

const { messages: vietnamese } = await languageOf('vi')

const pods: TableResult = {
  kind: 'table',
  columns: ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
  rows: [
    ['done', '0/1', 'Completed', '0', '2d'],
    ['starting', '0/1', 'ContainerCreating', '0', '3s'],
    ['web', '1/1', 'Running', '0', '2d'],
    ['cart', '0/1', 'CrashLoopBackOff', '9', '2d'],
  ],
}
const say = (message: Message) => renderMessage(message, message.text, vietnamese)
const shown = (result: TableResult) => healthTable(result, 'WHY', say, 0)
const namesOf = (result: TableResult) => shown(result).rows.map(([name]) => name)

describe('a table with verdicts', () => {
  const judged: TableResult = {
    ...pods,
    verdicts: ['ok', 'waiting', 'ok', 'bad'],
    reasons: { 3: 'crashes: exit code 1' },
  }

  it('has the problems first, the rest in the order of the server', () => {
    expect(namesOf(judged)).toEqual(['cart', 'starting', 'done', 'web'])
  })

  it('tells which rows stay if those that are well are hidden', () => {
    const table = shown(judged)
    expect(table.rows.filter((row) => isProblem(row, table)).map(([name]) => name)).toEqual(['cart', 'starting'])
  })

  it('has a column with the reasons, and the verdict of each row', () => {
    const { columns, rows, verdicts, reasonColumn, toneColumn } = shown(judged)
    expect(columns.at(-1)).toBe('WHY')
    expect(rows[0]?.at(-1)).toBe('crashes: exit code 1')
    expect(rows[0] && verdicts.get(rows[0])).toBe('bad')
    expect([reasonColumn, toneColumn]).toEqual([5, 2])
  })

  it("has the reasons in the page's language, and the cluster's words as they are", () => {
    const own = { code: 'state-ready', params: { ready: 1, wanted: 3 } }
    const reasons = { 1: '1 of 3 ready', 3: 'NoSpace: the disk is full' }
    const { rows } = shown({ ...judged, reasons, localizedReasons: { 1: own } })
    expect(rows.map((row) => row.at(-1))).toEqual(['NoSpace: the disk is full', '1/3 sẵn sàng', '', ''])
  })

  it("uses the server's verdict for a row, regardless of its cells", () => {
    const odd: TableResult = { ...judged, verdicts: ['ok', 'ok', 'bad', 'ok'], reasons: {} }
    expect(namesOf(odd)).toEqual(['web', 'done', 'starting', 'cart'])
    expect(shown(odd).columns).toEqual(pods.columns)
  })

  it('shows the verdict by the name if no column tells of a state', () => {
    const budgets: TableResult = {
      kind: 'table',
      columns: ['NAME', 'MIN AVAILABLE'],
      rows: [['a', '1']],
      verdicts: ['bad'],
    }
    expect(shown(budgets).toneColumn).toBe(0)
    expect(verdictTone('bad')).toBe('bad')
  })
})

describe('sorting by severity', () => {
  const judged: TableResult = { ...pods, verdicts: ['ok', 'waiting', 'ok', 'bad'] }
  const ranks = (result: TableResult, column: number) => {
    const table = shown(result)
    const severity = severityBy(table, column)
    return severity && table.rows.map(severity)
  }

  it('ranks a column of states from the worst, and no other', () => {
    expect(ranks(judged, 2)).toEqual([0, 1, 3, 3])
    expect(ranks(judged, 1)).toBeUndefined()
    expect(ranks(judged, 4)).toBeUndefined()
  })

  it('ranks events by their type, with the colour on the reason', () => {
    const columns = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']
    const rows = [
      ['5m', 'Normal', 'Pulled', 'pod/a', 'x'],
      ['9m', 'Warning', 'BackOff', 'pod/a', 'y'],
    ]
    const events: TableResult = { kind: 'table', columns, rows, verdicts: ['ok', 'bad'] }
    expect(shown(events).toneColumn).toBe(2)
    expect(ranks(events, 1)).toEqual([0, 3])
    expect(ranks(events, 0)).toBeUndefined()
  })

  it('sorts names by their letters, also where they bear the verdict', () => {
    const budgets: TableResult = { kind: 'table', columns: ['NAME'], rows: [['b'], ['a']], verdicts: ['ok', 'bad'] }
    expect(ranks(budgets, 0)).toBeUndefined()
  })
})

describe('a table of another MCP server', () => {
  it('is judged by its columns, by the rules of the server and no word list of the page', () => {
    expect(namesOf(pods)).toEqual(['cart', 'starting', 'done', 'web'])
  })

  it('stays in its order if nothing is known of its rows', () => {
    const maps: TableResult = {
      kind: 'table',
      columns: ['NAME', 'DATA'],
      rows: [
        ['b', '1'],
        ['a', '2'],
      ],
    }
    expect(namesOf(maps)).toEqual(['b', 'a'])
    expect(shown(maps).verdicts.size).toBe(0)
  })

  it('of events has no health', () => {
    const rows = [
      ['Normal', 'Pulled', 'x'],
      ['Warning', 'BackOff', 'y'],
    ]
    const events: TableResult = { kind: 'table', columns: ['TYPE', 'REASON', 'MESSAGE'], rows }
    expect(shown(events).rows).toEqual(rows)
  })
})
