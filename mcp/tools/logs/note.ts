/** Notes about a log (code, parameters, English text), and its times. */
import type { ResultNote } from '../../../shared/result'

export function note(code: string, text: string, params: ResultNote['params'] = {}): ResultNote {
  return { code, params, text }
}

/** `2026-11-29 18:10:44 UTC`. */
export function utc(time: number | string): string {
  const ms = typeof time === 'number' ? time : Date.parse(time)
  return Number.isNaN(ms) ? String(time) : `${stamp(ms)} UTC`
}

/** `from 2026-11-29 18:10:44 to 18:12:00 UTC`, `of 2026-11-29 18:10:44 UTC`: repeats no date. */
export function utcRange(from: number, to: number): string {
  const [first, last] = [stamp(from), stamp(to)]
  if (first === last) return `of ${first} UTC`
  return `from ${first} to ${first.slice(0, 10) === last.slice(0, 10) ? last.slice(11) : last} UTC`
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
