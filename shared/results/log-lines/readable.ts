/** Formats a line for reading: time, level and message of JSON first; a long line shortened. */
import { fieldsText, parseJsonLine } from './json-line'
import { severityOf } from './severity'

/**
 * A JSON line as `time LEVEL message field=value …`; other lines unchanged.
 * @param formatTime from milliseconds since the epoch; defaults to RFC 3339 in UTC
 */
export function readableLine(line: string, formatTime: (ms: number) => string = utcTime): string {
  const json = parseJsonLine(line)
  if (!json) return line
  const level = severityOf(line)?.toUpperCase()
  const time = json.time === undefined ? undefined : formatTime(json.time)
  const parts = [time, level, json.message, fieldsText(json.fields)]
  return parts.filter((part) => part !== undefined && part !== '').join(' ')
}

/** `2026-11-29T09:00:31Z`, with milliseconds unless they are 0. */
function utcTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z')
}

/**
 * A long line cut to its beginning and end, or to the surroundings of `focus`.
 * @param max in characters
 */
export function shortLine(line: string, max: number, focus = ''): string {
  if (line.length <= max) return line
  const at = focus === '' ? -1 : line.toLowerCase().indexOf(focus.toLowerCase())
  const head = Math.floor(max * 0.7)
  if (at < head - focus.length || at > line.length - max * 0.3) {
    return `${line.slice(0, head)} … ${line.slice(line.length - Math.max(0, max - head - 3))}`
  }
  const start = Math.floor(max * 0.25)
  const from = Math.max(start, at - Math.floor(max * 0.3))
  return `${line.slice(0, start)} … ${line.slice(from, from + max - start - 6)} …`
}
