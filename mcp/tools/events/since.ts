/** Parses the start of a time range: a duration such as `10m`, or a time. */
import { msg } from '../../../shared/messages/create'
import { KubeError } from '../../kubernetes/errors/errors'

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const SPAN = /^(?:\d+(?:\.\d+)?[smhd])+$/
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/
const DAY = 86_400_000

/**
 * @param since `10m`, `1h30m`, `14:02` (UTC, most recent) or an RFC 3339 time
 * @param now milliseconds since the epoch
 * @returns milliseconds since the epoch
 * @throws KubeError `invalid-arguments`
 */
export function startOf(since: string, now: number): number {
  const text = since
    .trim()
    .toLowerCase()
    .replace(/\s+ago$/, '')
    .replace(/\s+/g, '')
  if (SPAN.test(text)) {
    let span = 0
    for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)([smhd])/g))
      span += Number(amount) * (UNITS[unit ?? ''] ?? 0)
    // A Date does not reach much further back than the epoch.
    return Math.max(0, now - span)
  }
  const clock = CLOCK.exec(text)
  if (clock) {
    const midnight = now - (now % DAY)
    const [, hours, minutes, seconds] = clock
    const time = midnight + (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds ?? 0) * 1000
    return time > now ? time - DAY : time
  }
  const time = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(since.trim()) : NaN
  if (!Number.isNaN(time)) return time
  throw new KubeError('invalid-arguments', msg('not-a-time', { text: since }), {
    since,
  })
}
