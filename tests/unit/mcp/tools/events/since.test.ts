import { describe, expect, it } from 'vitest'
import { startOf } from '../../../../../mcp/tools/events/since'

const now = Date.parse('2026-11-29T12:00:00Z')

describe('startOf', () => {
  it.each([
    ['10m', '2026-11-29T11:50:00Z'],
    ['1h30m', '2026-11-29T10:30:00Z'],
    ['2h ago', '2026-11-29T10:00:00Z'],
    ['999999999999d', '1970-01-01T00:00:00Z'],
    ['11:02', '2026-11-29T11:02:00Z'],
    ['14:02', '2026-11-28T14:02:00Z'],
    ['2026-11-29T09:00:00+07:00', '2026-11-29T02:00:00Z'],
  ])('reads %s', (since, time) => {
    expect(startOf(since, now)).toBe(Date.parse(time))
  })

  it('rejects invalid times', () => {
    expect(() => startOf('yesterday-ish', now)).toThrow(/is not a time/)
  })
})
