import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { groupEvents, readEvent } from '../../../../../shared/kubernetes/events'
import { eventCounts, eventTable } from '../../../../../mcp/tools/events/table'

const now = Date.parse('2026-11-29T12:00:00Z')
const fixture = z
  .object({ items: z.array(z.unknown()) })
  .parse(parse(readFileSync(new URL('./list.yaml', import.meta.url), 'utf8')))
const events = fixture.items.flatMap((item) => readEvent(item) ?? [])
const table = eventTable(groupEvents(events), { namespaces: true, object: true, now })

function cell(row: string[] | undefined, column: string): string | undefined {
  return row?.[table.columns.indexOf(column)]
}

function rowsOf(object: string): string[][] {
  return table.rows.filter((row) => cell(row, 'OBJECT') === object)
}

describe('groupEvents', () => {
  it('reads the times and the count of a series (events-2)', () => {
    const [row] = rowsOf('pod/db-0')
    expect([cell(row, 'LAST SEEN'), cell(row, 'FIRST SEEN'), cell(row, 'COUNT')]).toEqual(['20s', '50m', '88'])
  })

  it('shows how often an event occurred (events-3)', () => {
    const row = rowsOf('pod/web-0').find((candidate) => cell(candidate, 'REASON') === 'FailedMount')
    expect([cell(row, 'COUNT'), cell(row, 'LAST SEEN'), cell(row, 'FIRST SEEN')]).toEqual(['27', '56m', '58m'])
  })

  it('makes one row of one cause and sums its counts (events-4)', () => {
    const rows = rowsOf('pod/cart-1')
    expect(rows).toHaveLength(1)
    expect([cell(rows[0], 'COUNT'), cell(rows[0], 'LAST SEEN'), cell(rows[0], 'FIRST SEEN')]).toEqual([
      '17',
      '60s',
      '40m',
    ])
  })

  it('sorts by the last time, newest first (events-4)', () => {
    expect(table.rows.map((row) => cell(row, 'OBJECT'))).toEqual([
      ...['pod/db-0', 'pod/cart-1', 'pod/web-0', 'pod/cart-2', 'pod/cart-3', 'pod/web-0', 'deployment/web-0'],
    ])
  })

  it('keeps events apart that differ by namespace, kind or message', () => {
    expect(table.rows).toHaveLength(7)
    const [first] = events
    if (!first) throw new Error('the fixture is empty')
    expect(groupEvents([first, { ...first, message: 'another cause' }])).toHaveLength(2)
  })

  it('groups messages that differ in a duration or a uid alone', () => {
    const [first] = events
    if (!first) throw new Error('the fixture is empty')
    const pulled = { ...first, message: 'Successfully pulled image "a:1" in 1.204s (2m3s including waiting)' }
    expect(groupEvents([pulled, { ...pulled, message: pulled.message.replace('1.204s', '983ms') }])).toHaveLength(1)
    const backOff = { ...first, message: 'Back-off of web_shop(e8004c92-36b5-408a-8f73-eed9c09e318b)' }
    expect(groupEvents([backOff, { ...backOff, message: backOff.message.replace('e8', 'f9') }])).toHaveLength(1)
    const quota = { ...first, message: 'Error creating: pods "web-6cbf8f95b6-j64kb" is forbidden: exceeded quota' }
    const combined = { ...quota, message: `(combined from similar events): ${quota.message.replace('j64kb', '8786m')}` }
    expect(groupEvents([quota, combined])).toHaveLength(1)
    const codes = { ...first, message: 'exit code 1' }
    expect(groupEvents([codes, { ...codes, message: 'exit code 137' }])).toHaveLength(2)
  })

  it('marks Warnings as bad and leaves FIRST SEEN to the wide table', () => {
    expect(table.verdicts.filter((verdict) => verdict === 'bad')).toHaveLength(6)
    expect(table.wide).toEqual([table.columns.indexOf('FIRST SEEN')])
  })

  it('counts rows by type and reason', () => {
    const [types, reasons] = eventCounts(groupEvents(events))
    expect(types).toEqual({
      by: 'type',
      values: [
        ['Warning', 6],
        ['Normal', 1],
      ],
    })
    expect(reasons?.values[0]).toEqual(['BackOff', 3])
  })
})

describe('readEvent', () => {
  const base = { metadata: { creationTimestamp: '2026-11-29T11:00:00Z' } }

  it('reads an event of events.k8s.io that was written in the old form', () => {
    const event = readEvent({
      ...base,
      eventTime: null,
      deprecatedFirstTimestamp: '2026-11-29T11:10:00Z',
      deprecatedLastTimestamp: '2026-11-29T11:20:00Z',
      deprecatedCount: 4,
      regarding: { kind: 'Pod', name: 'web-0' },
      note: 'a note',
    })
    expect(event).toMatchObject({ count: 4, message: 'a note', last: Date.parse('2026-11-29T11:20:00Z') })
  })

  it('takes eventTime if the old times are null, and the creation if there is nothing else', () => {
    const once = readEvent({ ...base, eventTime: '2026-11-29T11:30:00.5Z', firstTimestamp: null, lastTimestamp: null })
    expect(once).toMatchObject({ count: 1, last: Date.parse('2026-11-29T11:30:00.5Z') })
    const bare = readEvent({ ...base, lastTimestamp: '0001-01-01T00:00:00Z' })
    expect(bare?.last).toBe(Date.parse('2026-11-29T11:00:00Z'))
  })

  it('returns undefined for a value that is not an event', () => {
    expect(readEvent({ items: [] })).toBeUndefined()
  })
})
