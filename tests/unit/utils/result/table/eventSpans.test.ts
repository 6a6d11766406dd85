import { describe, expect, it } from 'vitest'
import type { TableResult } from '../../../../../shared/result'
import { axisOf, eventSpans, placeOn } from '../../../../../utils/result/table/eventSpans'

const asOf = '2026-11-30T15:30:00.000Z'
const ms = (text: string) => Date.parse(`2026-11-30T${text}Z`)
const events: TableResult = {
  kind: 'table',
  columns: ['LAST SEEN', 'REASON', 'FIRST SEEN'],
  rows: [
    ['3m5s', 'BackOff', '12m'],
    ['<unknown>', 'Pulled', '<unknown>'],
  ],
  asOf,
}

describe('the times of events', () => {
  it('are those of the API server', () => {
    const times = [{ first: '2026-11-30T15:17:31Z', last: '2026-11-30T15:26:55Z' }, { last: '2026-11-30T15:20:00Z' }]
    expect(eventSpans({ ...events, times })).toEqual([
      { first: ms('15:17:31'), last: ms('15:26:55'), isExact: true },
      { first: ms('15:20:00'), last: ms('15:20:00'), isExact: true },
    ])
  })

  it('are computed from the ages of another server, and known to be rounded', () => {
    expect(eventSpans(events)).toEqual([{ first: ms('15:18:00'), last: ms('15:26:55'), isExact: false }, undefined])
    const { asOf: _, ...undated } = events
    expect(eventSpans(undated)).toEqual([undefined, undefined])
  })

  it('have places on one axis', () => {
    const [first, last] = [ms('15:00:00'), ms('15:20:00')]
    const spans = [
      { first, last, isExact: true },
      { first: ms('15:05:00'), last: ms('15:15:00'), isExact: true },
    ]
    const axis = axisOf(spans)
    expect(axis).toEqual({ from: first, to: last })
    expect(axis && spans[1] && placeOn(axis, spans[1])).toEqual({ start: 0.25, width: 0.5 })
    expect(axisOf([{ first, last: first, isExact: true }])).toBeUndefined()
    expect(axisOf([])).toBeUndefined()
  })
})
