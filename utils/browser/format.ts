/** Numbers, durations and times in the reader's language. */

/** @param ms milliseconds */
export function formatDuration(ms: number, locale: string): string {
  if (ms < 1000) return unit(Math.round(ms), 'millisecond', locale, 0)
  if (ms < 59_500) return unit(ms / 1000, 'second', locale, ms < 9_950 ? 1 : 0)
  const seconds = Math.round(ms / 1000)
  return `${unit(Math.floor(seconds / 60), 'minute', locale, 0)} ${unit(seconds % 60, 'second', locale, 0)}`
}

function unit(value: number, name: string, locale: string, digits: number): string {
  const options = { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits } as const
  return new Intl.NumberFormat(locale, options).format(value)
}

export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value)
}

/** Short form for the status line: 940, 2.1k, 128k. A k is 1,024, as usual for context windows. */
export function formatTokens(tokens: number, locale: string): string {
  if (tokens < 1000) return String(tokens)
  const thousands = tokens / 1024
  const options = { maximumFractionDigits: thousands < 10 ? 1 : 0 }
  return `${new Intl.NumberFormat(locale, options).format(thousands)}k`
}

/** Time of day, with the date if it is another day. Both in milliseconds since the epoch. */
export function formatTime(time: number, now: number, locale: string): string {
  const sameDay = new Date(time).toDateString() === new Date(now).toDateString()
  const options = sameDay ? ({ timeStyle: 'short' } as const) : ({ dateStyle: 'medium', timeStyle: 'short' } as const)
  return new Intl.DateTimeFormat(locale, options).format(time)
}

/**
 * A countdown, e.g. 09:59. Rounded up, so that 00:00 is the end.
 * @param ms milliseconds
 */
export function formatCountdown(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
