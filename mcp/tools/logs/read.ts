/** Reads the end of one container's log, or the lines around a time. */
import { both, msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { brokenNotes, clockNotes, limitNotes, Ring, textOf, withRange } from './kept-lines'
import type { LogLine } from './line-stream'
import { linesOf, utc, utcRange } from './note'
import { read, sinceQuery } from './request'
import type { LogPart, LogTarget } from './request'
import type { LogTime } from './times'

/** Milliseconds before and after the requested time. */
export const AROUND = 5 * 60_000

/** The last lines, starting at `since` if given. */
export async function readEnd(target: LogTarget, limit: number, since: LogTime | undefined): Promise<LogPart> {
  const kept = new Ring(limit)
  // One extra line tells whether older ones exist.
  const done = await read(target, { tailLines: limit + 1, ...sinceQuery(since) }, (line) => kept.add(line))
  const { lines } = kept
  const older = kept.dropped > 0
  const all = !older && done.end === 'whole'
  const notes: ResultNote[] = []
  if (lines.length > 0) notes.push(endNote(lines, { older, whole: done.end === 'whole', since }))
  else if (since) notes.push(noneSince(since, await lastTime(target)))
  return {
    lines: textOf(lines, since !== undefined),
    shown: lines.length,
    total: all ? lines.length : undefined,
    complete: all,
    notes: [...notes, ...clockNotes(lines, since), ...limitNotes(done, lines.at(-1)?.time), ...brokenNotes(done)],
    end: done.end,
  }
}

function endNote(
  lines: readonly LogLine[],
  { older, whole, since }: { older: boolean; whole: boolean; since: LogTime | undefined },
): ResultNote {
  const count = linesOf(lines.length)
  const asked = since ? msg('log-lines-since', { lines: count, time: utc(since.ms) }) : count
  const span = withRange(asked, lines)
  if (!whole) return msg('log-part', { lines: span })
  return older ? msg('log-tail', { lines: span }) : msg('log-all', { lines: span })
}

function noneSince({ ms }: LogTime, last: string | undefined): ResultNote {
  const nothing = msg('log-none-since', { time: utc(ms) })
  return both(nothing, last === undefined ? msg('log-is-empty') : msg('log-last-line', { time: utc(last) }))
}

/** The lines within minutes of a time; the nearest if there are too many. */
export async function readAround(target: LogTarget, limit: number, around: LogTime): Promise<LogPart> {
  const [from, to] = [around.ms - AROUND, around.ms + AROUND]
  const before = new Ring(Math.ceil(limit / 2))
  const after: LogLine[] = []
  let next: string | undefined
  let more = false
  const done = await read(target, { sinceTime: new Date(from).toISOString() }, (line) => {
    const ms = Date.parse(line.time ?? '')
    if (ms < from) return true
    if (ms > to) {
      next = line.time
      return false
    }
    if (ms < around.ms) before.add(line)
    else if (after.length < Math.floor(limit / 2)) after.push(line)
    else {
      more = true
      return false
    }
    return true
  })
  const lines = [...before.lines, ...after]
  const all = before.dropped === 0 && !more && (done.end === 'whole' || done.end === 'stopped')
  const span = utcRange(from, to)
  const notes: ResultNote[] = []
  if (lines.length === 0) {
    const last = next === undefined ? await lastTime(target) : undefined
    const later = next === undefined ? undefined : msg('log-next-line', { time: utc(next) })
    const earlier = last === undefined ? undefined : msg('log-last-line', { time: utc(last) })
    notes.push(both(both(msg('log-none-around', { range: span }), later), earlier))
  } else {
    const params = { lines: linesOf(lines.length), range: span }
    notes.push(all ? msg('log-around', params) : msg('log-around-nearest', params))
  }
  return {
    lines: textOf(lines, true),
    shown: lines.length,
    total: all ? lines.length : undefined,
    complete: all,
    notes: [...notes, ...clockNotes(lines, around), ...limitNotes(done, lines.at(-1)?.time), ...brokenNotes(done)],
    end: done.end,
  }
}

async function lastTime(target: LogTarget): Promise<string | undefined> {
  let time: string | undefined
  await read(target, { tailLines: 1 }, (line) => {
    time = line.time
  })
  return time
}
