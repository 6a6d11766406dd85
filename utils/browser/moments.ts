/** Moments as times of day, in the local zone or in UTC. */

export type Zone = 'local' | 'utc'

export interface Clock {
  zone: Zone
  /** BCP 47 tag. */
  locale: string
  /** Milliseconds since the epoch: moments of the same day show no date. */
  now: number
}

/**
 * E.g. `15:27:03`, `15:27:03 UTC`, or with the date of another day.
 * @param ms milliseconds since the epoch
 * @param precision minutes if the seconds are unknown
 */
export function formatMoment(ms: number, clock: Clock, precision: 'seconds' | 'minutes' = 'seconds'): string {
  const { zone, locale, now } = clock
  const timeZone = zone === 'utc' ? 'UTC' : undefined
  const time = formatter(locale, timeZone, precision === 'seconds' ? 'medium' : 'short').format(ms)
  const date = formatter(locale, timeZone)
  const day = date.format(ms)
  const parts = [...(day === date.format(now) ? [] : [day]), time, ...(zone === 'utc' ? ['UTC'] : [])]
  return parts.join(' ')
}

// A formatter takes far longer to make than to use.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatter(locale: string, timeZone: string | undefined, time?: 'short' | 'medium'): Intl.DateTimeFormat {
  const key = [locale, timeZone, time].join()
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, {
    ...(time ? { timeStyle: time, hourCycle: 'h23' } : { dateStyle: 'medium' }),
    timeZone,
  })
  formatters.set(key, made)
  return made
}

const RFC_3339 = /(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z/g
const FOR_PEOPLE = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/g
/** Within a day: the end has no date. */
const RANGE = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)( \S+ )(\d\d:\d\d:\d\d) UTC/g

/** A text of the cluster or the server with its UTC times as `formatMoment` shows them; unchanged for UTC. */
export function withLocalTimes(text: string, clock: Clock): string {
  if (clock.zone === 'utc' || !text.includes(':')) return text
  const moment = (day: string, time: string) => formatMoment(Date.parse(`${day}T${time}Z`), clock)
  return text
    .replace(RANGE, (_, day: string, from: string, link: string, to: string) =>
      [moment(day, from), link, moment(day, to)].join(''),
    )
    .replace(FOR_PEOPLE, (_, day: string, time: string) => moment(day, time))
    .replace(RFC_3339, (_, day: string, time: string) => moment(day, time))
}
