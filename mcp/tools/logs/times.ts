/** Parses times of a log's range: `10m`, `14:02`, `2026-11-29T14:02:00Z`. UTC without a zone. */
import { msg } from '../../../shared/messages/create'
import { KubeError } from '../../kubernetes/errors/errors'

export interface LogTime {
  /** Milliseconds since the epoch. */
  ms: number
  /** Seconds before now, if given as a duration: the node's clock measures it. */
  secondsAgo: number | undefined
  /** True if the text had no zone. */
  assumedUtc: boolean
}

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }
const DURATION =
  /^(?:\d+(?:\.\d+)?\s*(?:s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?)\s*)+(?:ago)?$/i
const PART = /(\d+(?:\.\d+)?)\s*([smhdw])/gi
const ZONE = String.raw`\s*(Z|UTC|GMT|(?:UTC|GMT)?[+-]\d\d?(?::?\d\d)?)?`
const CLOCK = new RegExp(String.raw`^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([ap]m)?${ZONE}$`, 'i')
const DATE_TIME = new RegExp(
  String.raw`^(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)?)?${ZONE}$`,
  'i',
)

/**
 * @param now milliseconds since the epoch
 * @throws KubeError `invalid-arguments`
 */
export function readTime(text: string, now: number): LogTime {
  const value = text.trim().length > 60 ? '' : text.trim()
  if (DURATION.test(value)) {
    let seconds = 0
    for (const [, amount, unit] of value.matchAll(PART))
      seconds += Number(amount) * (UNITS[unit?.toLowerCase() ?? ''] ?? 0)
    // Nothing was logged before the epoch, and a Date does not reach much further back.
    const ago = Math.min(seconds, now / 1000)
    return { ms: now - ago * 1000, secondsAgo: Math.max(1, Math.ceil(ago)), assumedUtc: false }
  }
  const clock = clockTime(value, now) ?? dateTime(value)
  if (clock) return { ...clock, secondsAgo: undefined }
  throw new KubeError('invalid-arguments', msg('not-a-time-write', { text: text.slice(0, 60) }), {
    value: text.slice(0, 60),
  })
}

/** The most recent time at which a clock showed it. */
function clockTime(value: string, now: number): Omit<LogTime, 'secondsAgo'> | undefined {
  const match = CLOCK.exec(value)
  if (!match) return undefined
  const [, hours = '', minutes = '', seconds = '0', half, zone] = match
  const twelve = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  if (twelve > 23 || Number(minutes) > 59) return undefined
  const offset = offsetOf(zone)
  const local = now + offset
  let ms = local - (local % 86_400_000) + (twelve * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 - offset
  // Up to a minute ahead is clock skew; more means yesterday.
  if (ms > now + 60_000) ms -= 86_400_000
  return { ms, assumedUtc: zone === undefined }
}

function dateTime(value: string): Omit<LogTime, 'secondsAgo'> | undefined {
  const match = DATE_TIME.exec(value)
  if (!match) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] = match
  const ms = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, '0')),
  )
  return { ms: ms - offsetOf(zone), assumedUtc: zone === undefined }
}

/** Milliseconds that the zone is ahead of UTC. */
function offsetOf(zone: string | undefined): number {
  const match = /([+-])(\d\d?):?(\d\d)?$/.exec(zone ?? '')
  if (!match) return 0
  const [, sign, hours, minutes = '0'] = match
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
}

/** The timestamp at the start of a line, with date and zone if present. */
const OWN_TIME =
  /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,]\d+)?\s*(Z\b|UTC\b|[+-]\d\d:?\d\d\b)?|\b(\d\d):(\d\d):(\d\d)\b/

/** Whether a line starts with its own timestamp. */
export function hasOwnTime(line: string): boolean {
  return OWN_TIME.test(line.slice(0, 80)) || /^\{.*"(?:time|ts|timestamp|@timestamp|t)":/.test(line.slice(0, 300))
}

/**
 * Infers the time zone of a log's timestamps from the node's times.
 * @param lines with the node's time in milliseconds
 * @returns `UTC+07:00`; undefined if lines have no timestamp, name their zone, or disagree
 */
export function zoneOfLog(lines: readonly { text: string; time: number | undefined }[]): string | undefined {
  const offsets = new Map<number, number>()
  let compared = 0
  for (const { text, time } of lines.slice(-40)) {
    if (time === undefined) continue
    const offset = offsetAgainst(text, time)
    if (offset === undefined) continue
    compared++
    offsets.set(offset, (offsets.get(offset) ?? 0) + 1)
  }
  const [best] = [...offsets].sort((one, other) => other[1] - one[1])
  if (!best || best[1] < Math.max(1, compared * 0.6)) return undefined
  const minutes = Math.abs(best[0])
  const text = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return best[0] === 0 ? 'UTC' : `UTC${best[0] < 0 ? '-' : '+'}${text}`
}

/** Minutes that the line's clock is ahead of UTC, rounded to quarters of an hour. */
function offsetAgainst(line: string, time: number): number | undefined {
  const match = OWN_TIME.exec(line.slice(0, 80))
  if (!match) return undefined
  const [, year, month, day, h1, m1, s1, zone, h2, m2, s2] = match
  if (zone !== undefined) return undefined
  const [hour, minute, second] = [Number(h1 ?? h2), Number(m1 ?? m2), Number(s1 ?? s2)]
  const date = new Date(time)
  const own =
    year === undefined
      ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), hour, minute, second)
      : Date.UTC(Number(year), Number(month) - 1, Number(day), hour, minute, second)
  let minutes = (own - time) / 60_000
  if (year === undefined) minutes = ((((minutes + 720) % 1440) + 1440) % 1440) - 720
  const quarter = Math.round(minutes / 15) * 15
  // A line is written within moments of its time, and zones lie between -12 and +14 hours.
  return Math.abs(minutes - quarter) < 2 && quarter >= -720 && quarter <= 840 ? quarter : undefined
}
