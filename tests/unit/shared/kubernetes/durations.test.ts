import { describe, expect, it } from 'vitest'
import { formatAge, formatRestarts, parseAge, parseRestarts } from '../../../../shared/kubernetes/durations'

const [MINUTE, HOUR, DAY, YEAR] = [60, 3600, 86_400, 365 * 86_400]

describe('ages', () => {
  // From k8s.io/apimachinery/pkg/util/duration/duration_test.go.
  it.each([
    [1, '1s'],
    [119, '119s'],
    [2 * MINUTE, '2m'],
    [2 * MINUTE + 10, '2m10s'],
    [10 * MINUTE - 1, '9m59s'],
    [10 * MINUTE, '10m'],
    [10 * MINUTE + 1, '10m'],
    [3 * HOUR - 1, '179m'],
    [3 * HOUR, '3h'],
    [3 * HOUR + MINUTE, '3h1m'],
    [8 * HOUR - 1, '7h59m'],
    [8 * HOUR, '8h'],
    [2 * DAY - 1, '47h'],
    [2 * DAY, '2d'],
    [3 * DAY + 4 * HOUR, '3d4h'],
    [8 * DAY - 1, '7d23h'],
    [8 * DAY, '8d'],
    [2 * YEAR - 1, '729d'],
    [2 * YEAR, '2y'],
    [5 * YEAR + 12 * DAY, '5y12d'],
    [8 * YEAR, '8y'],
  ])('prints %d seconds as %s', (seconds, text) => {
    expect(formatAge(seconds)).toBe(text)
  })

  it('prints invalid ages as kubectl does', () => {
    expect(formatAge(-2)).toBe('<invalid>')
    expect(formatAge(-1)).toBe('0s')
    expect(formatAge(Number.NaN)).toBe('<unknown>')
  })

  it('reads back what it prints, within the precision of the text', () => {
    for (let seconds = 0; seconds < 9 * YEAR; seconds = Math.ceil(seconds * 1.3) + 7) {
      const text = formatAge(seconds)
      const read = parseAge(text) ?? Number.NaN
      expect(formatAge(read)).toBe(text)
      expect(read).toBeLessThanOrEqual(seconds)
    }
  })

  it('reads no age from other texts', () => {
    for (const text of ['', '<unknown>', '<invalid>', 'Running', '5x', '3', '4d3'])
      expect(parseAge(text), text).toBeUndefined()
  })

  it('reads and prints restarts', () => {
    expect(parseRestarts('0')).toEqual({ count: 0 })
    expect(parseRestarts('12 (2m1s ago)')).toEqual({ count: 12, ago: 121 })
    expect(parseRestarts('<none>')).toBeUndefined()
    expect(formatRestarts(12, 121)).toBe('12 (2m1s ago)')
    expect(formatRestarts(0)).toBe('0')
  })
})
