import { describe, expect, it } from 'vitest'
import { startOf } from '../../../../mcp/tools/events/since'
import { formatAge } from '../../../../shared/kubernetes/age'

const now = Date.parse('2026-11-29T12:00:00Z')

describe('startOf', () => {
  it.each([
    ['10m', '2026-11-29T11:50:00Z'],
    ['1h30m', '2026-11-29T10:30:00Z'],
    ['2h ago', '2026-11-29T10:00:00Z'],
    ['11:02', '2026-11-29T11:02:00Z'],
    ['14:02', '2026-11-28T14:02:00Z'],
    ['2026-11-29T09:00:00+07:00', '2026-11-29T02:00:00Z'],
  ])('reads %s', (since, time) => {
    expect(startOf(since, now)).toBe(Date.parse(time))
  })

  it('rejects what is not a time', () => {
    expect(() => startOf('yesterday-ish', now)).toThrow(/is not a time/)
  })
})

describe('formatAge', () => {
  const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000]
  it.each([
    [-5 * second, '<invalid>'],
    [-second, '0s'],
    [119 * second, '119s'],
    [2 * minute, '2m'],
    [9 * minute + 3 * second, '9m3s'],
    [179 * minute, '179m'],
    [5 * hour + 12 * minute, '5h12m'],
    [47 * hour, '47h'],
    [50 * hour, '2d2h'],
    [40 * day, '40d'],
    [800 * day, '2y70d'],
  ])('prints %i ms as kubectl does: %s', (ms, age) => {
    expect(formatAge(ms)).toBe(age)
  })
})
