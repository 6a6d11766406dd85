/** Parts of the sentences about a log: times, and numbers of lines. */
import { msg } from '../../../shared/messages/create'
import type { Message } from '../../../shared/messages/message'
import { grouped } from '../../../shared/text/grouped'

/** `2026-11-29 18:10:44 UTC`. */
export function utc(time: number | string): string {
  const ms = typeof time === 'number' ? time : Date.parse(time)
  return Number.isNaN(ms) ? String(time) : `${stamp(ms)} UTC`
}

/** `from 2026-11-29 18:10:44 to 18:12:00 UTC`, `of 2026-11-29 18:10:44 UTC`: repeats no date. */
export function utcRange(from: number, to: number): Message {
  const [first, last] = [stamp(from), stamp(to)]
  if (first === last) return msg('range-of', { time: first })
  return msg('range-from-to', { from: first, to: first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last })
}

/** `1 line`, `1,234 lines`. */
export function linesOf(n: number): Message {
  return msg('log-lines', { n, count: grouped(n) })
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
