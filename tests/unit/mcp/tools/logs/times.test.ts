import { describe, expect, it } from 'vitest'
import { readTime, zoneOfLog } from '../../../../../mcp/tools/logs/times'

const NOW = Date.parse('2026-11-29T15:00:00Z')
const at = (text: string) => new Date(readTime(text, NOW).ms).toISOString()

describe('the time of a range', () => {
  it.each([
    ['10m', '2026-11-29T14:50:00.000Z', 600],
    ['1h30m', '2026-11-29T13:30:00.000Z', 5400],
    ['2 hours ago', '2026-11-29T13:00:00.000Z', 7200],
    ['1d', '2026-11-28T15:00:00.000Z', 86_400],
    ['45sec', '2026-11-29T14:59:15.000Z', 45],
    // No Date reaches so far back.
    ['999999999999d', '1970-01-01T00:00:00.000Z', NOW / 1000],
  ])('reads %s as a duration', (text, time, seconds) => {
    expect(at(text)).toBe(time)
    expect(readTime(text, NOW).secondsAgo).toBe(seconds)
  })

  it.each([
    ['14:02', '2026-11-29T14:02:00.000Z', true],
    ['14:02:30Z', '2026-11-29T14:02:30.000Z', false],
    ['2:02 pm', '2026-11-29T14:02:00.000Z', true],
    ['12:10am', '2026-11-29T00:10:00.000Z', true],
    // Of yesterday, if today has not come so far.
    ['16:00', '2026-11-28T16:00:00.000Z', true],
    // Just after midnight in Hanoi is still the day before in UTC.
    ['00:30+07:00', '2026-11-28T17:30:00.000Z', false],
    ['21:02 UTC+7', '2026-11-29T14:02:00.000Z', false],
    ['2026-11-29T14:02:00Z', '2026-11-29T14:02:00.000Z', false],
    ['2026-11-29T21:02:00.123456789+07:00', '2026-11-29T14:02:00.123Z', false],
    ['2026-11-29 14:02', '2026-11-29T14:02:00.000Z', true],
    ['2026-11-29', '2026-11-29T00:00:00.000Z', true],
  ])('reads %s as a time', (text, time, assumedUtc) => {
    expect(at(text)).toBe(time)
    expect(readTime(text, NOW)).toMatchObject({ assumedUtc, secondsAgo: undefined })
  })

  it.each(['', 'yesterday', '1month', '25:00', '14:60', 'ten minutes', '10', `${'1m '.repeat(5_000)}x`])(
    'refuses %j',
    (text) => {
      expect(() => readTime(text, NOW)).toThrow(/is not a time/)
    },
  )
})

describe('the zone of a log', () => {
  const time = Date.parse('2026-11-29T14:02:00.5Z')
  it.each([
    ['2026-11-29 21:02:00,123 INFO x', 'UTC+07:00'],
    ['2026/11/29 14:02:00 [error] x', 'UTC'],
    ['E1129 09:02:00.000001       1 main.go:1] x', 'UTC-05:00'],
    ['2026-11-29 19:47:00 x', 'UTC+05:45'],
    // Names its zone itself, or is not of this time.
    ['2026-11-29T21:02:00+07:00 x', undefined],
    ['2026-11-22 08:00:00 x', undefined],
    ['no clock', undefined],
  ])('%s: %s', (text, zone) => {
    expect(zoneOfLog([{ text, time }])).toBe(zone)
  })
})
