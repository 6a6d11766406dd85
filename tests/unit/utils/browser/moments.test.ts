import { describe, expect, it } from 'vitest'
import { formatMoment, withLocalTimes, type Clock } from '../../../../utils/browser/moments'

const now = Date.parse('2026-11-30T15:30:00Z')
const utc: Clock = { zone: 'utc', locale: 'en', now }
const local: Clock = { zone: 'local', locale: 'en', now }
const time = (text: string) =>
  new Date(text).toLocaleTimeString('en', { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit' })

describe('a moment', () => {
  it('is a time of the same day, and has the date of another', () => {
    expect(formatMoment(Date.parse('2026-11-30T15:27:03Z'), utc)).toBe('15:27:03 UTC')
    expect(formatMoment(Date.parse('2026-11-28T05:27:03Z'), utc)).toBe('Nov 28, 2026 05:27:03 UTC')
    expect(formatMoment(Date.parse('2026-11-30T15:27:03Z'), utc, 'minutes')).toBe('15:27 UTC')
  })

  it('is written in the language of the page', () => {
    const text = formatMoment(Date.parse('2026-11-28T05:27:03Z'), { ...utc, locale: 'vi' })
    expect(text).toContain('28 thg 11, 2026')
    expect(text).toContain('05:27:03')
  })

  it('is local unless asked otherwise', () => {
    expect(formatMoment(Date.parse('2026-11-30T15:27:03Z'), local)).toContain(time('2026-11-30T15:27:03Z'))
  })
})

describe('times in a text', () => {
  it.each([
    ['2026-11-30T15:27:03.123456Z', ['2026-11-30T15:27:03Z']],
    ['ended at 2026-11-30 15:27:03 UTC: Error', ['2026-11-30T15:27:03Z']],
    ['from 2026-11-30 15:08:09 to 15:27:03 UTC.', ['2026-11-30T15:08:09Z', '2026-11-30T15:27:03Z']],
  ])('are local: %s', (text, times) => {
    const shown = withLocalTimes(text, local)
    expect(shown).not.toMatch(/UTC|Z|2026-11-30/)
    for (const each of times) expect(shown).toContain(time(each))
  })

  it('stay as they are in UTC, and without a zone', () => {
    expect(withLocalTimes('2026-11-30T15:27:03Z', utc)).toBe('2026-11-30T15:27:03Z')
    expect(withLocalTimes('2026-11-30 15:27:03', local)).toBe('2026-11-30 15:27:03')
    expect(withLocalTimes('2026-11-30T15:27:03+02:00', local)).toBe('2026-11-30T15:27:03+02:00')
  })
})
