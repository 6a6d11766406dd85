import { describe, expect, it } from 'vitest'
import { eventTable } from '../../../../../mcp/tools/events/table'
import type { ClusterEvent } from '../../../../../shared/kubernetes/events'

const now = Date.parse('2026-11-30T15:30:00Z')
const event: ClusterEvent = {
  namespace: 'shop',
  type: 'Warning',
  reason: 'BackOff',
  message: 'Back-off restarting failed container',
  object: { group: '', kind: 'Pod', name: 'cart', namespace: 'shop', uid: undefined },
  first: Date.parse('2026-11-30T15:08:31Z'),
  last: Date.parse('2026-11-30T15:26:55Z'),
  count: 17,
}

describe('a table of events', () => {
  it('has the exact times beside the rounded ages', () => {
    const { rows, times } = eventTable([event], { namespaces: false, object: true, now })
    expect(rows[0]).toEqual(['3m5s', '17', 'Warning', 'BackOff', 'pod/cart', event.message, '21m'])
    expect(times).toEqual([{ first: '2026-11-30T15:08:31.000Z', last: '2026-11-30T15:26:55.000Z' }])
  })

  it('has none for an event without a time', () => {
    const timeless = { ...event, first: undefined, last: undefined }
    expect(eventTable([timeless], { namespaces: false, object: true, now }).times).toEqual([null])
  })
})
