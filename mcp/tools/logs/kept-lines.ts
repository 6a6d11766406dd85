/** The lines of an answer and the notes about them: their clock, a limit, a broken connection. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { grouped } from '../../../shared/text/grouped'
import type { LogLine, ReadLog } from './line-stream'
import { linesOf, utc, utcRange } from './note'
import { MAX_BYTES, MAX_MS } from './request'
import { hasOwnTime, zoneOfLog } from './times'
import type { LogTime } from './times'

/** Maximum characters of lines in one answer. */
const MAX_TEXT = 1024 * 1024
/** Keeps the last lines, bounded in number and characters. */
export class Ring {
  readonly lines: LogLine[] = []
  dropped = 0
  private chars = 0

  constructor(private readonly limit: number) {}

  add(line: LogLine): void {
    this.lines.push(line)
    this.chars += line.text.length
    while (this.lines.length > this.limit || (this.chars > MAX_TEXT && this.lines.length > 1)) {
      this.chars -= this.lines.shift()?.text.length ?? 0
      this.dropped++
    }
  }
}

/** The lines with the times of the first and the last. */
export function withRange(what: Message, lines: readonly LogLine[]): Message {
  const [first, last] = [Date.parse(lines[0]?.time ?? ''), Date.parse(lines.at(-1)?.time ?? '')]
  if (Number.isNaN(first) || Number.isNaN(last)) return what
  return msg('log-lines-range', { lines: what, range: utcRange(first, last) })
}

/** The lines' texts, prefixed with the node's time if times are requested and the lines show none. */
export function textOf(lines: readonly LogLine[], withTimes: boolean): string[] {
  if (!withTimes || !needTimes(lines)) return lines.map(({ text }) => text)
  return lines.map(({ text, time }) =>
    time === undefined ? text : `${new Date(time).toISOString().slice(11, 19)}Z ${text}`,
  )
}

function needTimes(lines: readonly LogLine[]): boolean {
  const own = lines.filter(({ text }) => hasOwnTime(text)).length
  return own < lines.length / 2 && !lines.some(({ text }) => text.startsWith('{'))
}

/** Reports which clock the times come from. */
export function clockNotes(lines: readonly LogLine[], asked: LogTime | undefined): ResultNote[] {
  const notes: ResultNote[] = []
  if (asked?.assumedUtc) {
    notes.push(msg('log-time-utc', { time: utc(asked.ms) }))
  }
  const zone = zoneOfLog(
    lines.map(({ text, time }) => ({ text, time: time === undefined ? undefined : Date.parse(time) })),
  )
  if (zone !== undefined) notes.push(msg('log-zone', { zone }))
  return notes
}

export function limitNotes({ end, lines }: ReadLog, last: string | undefined): ResultNote[] {
  if (end !== 'bytes' && end !== 'time') return []
  const limit = end === 'time' ? msg('limit-seconds', { n: MAX_MS / 1000 }) : `${MAX_BYTES >> 20} MiB`
  const params = { limit, line: grouped(lines) }
  return [last === undefined ? msg('log-limit', params) : msg('log-limit-at', { ...params, time: utc(last) })]
}

export function brokenNotes({ end, lines }: ReadLog): ResultNote[] {
  if (end !== 'broken') return []
  return [msg('log-broken', { lines: linesOf(lines) })]
}
