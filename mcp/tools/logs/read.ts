/** Reads of one container's log: its end, a range of time, or what contains a text. */
import type { ResultNote } from '../../../shared/result'
import { gapMark, grouped, lineCount } from '../../../shared/results/log-lines'
import { objectPath } from '../../kubernetes/paths'
import type { ApiResource, KubeClient } from '../../kubernetes/types'
import { readLines } from './line-stream'
import type { LogLine, ReadLog, StreamEnd } from './line-stream'
import { note, utc, utcRange } from './note'
import { hasOwnTime, zoneOfLog } from './times'
import type { LogTime } from './times'

export interface LogTarget {
  client: KubeClient
  /** The resource `pods`. */
  resource: ApiResource
  namespace: string
  pod: string
  container: string
  previous: boolean
  signal: AbortSignal
}

export interface LogPart {
  lines: string[]
  /** How many lines of the log `lines` holds, without marks. */
  shown: number
  /** How many there are in what was asked for, if known. */
  total: number | undefined
  complete: boolean
  notes: ResultNote[]
  /** Matches of a search. */
  found?: number
  end: StreamEnd
}

/** In bytes; a default read is far below. */
const MAX_BYTES = 64 * 1024 * 1024
const MAX_MS = 10_000
/** Characters of the lines that one answer holds. */
const MAX_TEXT = 1024 * 1024
/** Words that a question adds to what it looks for. */
const GENERIC =
  /^(?:errors?|warnings?|fail(?:ed|ures?|ing)?|problems?|issues?|exceptions?|logs?|messages?|the|with|and)$/
/** Either side of the time that was asked for, in milliseconds. */
const AROUND = 5 * 60_000
/** Lines shown before and after one that was found. */
const BEFORE = 2
const AFTER = 4

type OnLine = (line: LogLine, number: number) => boolean | void
type Query = Record<string, string | number | boolean | undefined>

async function read(target: LogTarget, query: Query, onLine: OnLine): Promise<ReadLog> {
  const { client, resource, namespace, pod, container, previous, signal } = target
  const path = `${objectPath(resource, namespace, pod)}/log`
  const all = { container, timestamps: true, ...(previous && { previous }), ...query }
  return await readLines(
    (stop) => client.stream(path, { query: all, signal: stop }),
    { maxBytes: MAX_BYTES, maxMs: MAX_MS, signal },
    onLine,
  )
}

/** The last lines, from `since` on if it is given. */
export async function readEnd(target: LogTarget, limit: number, since: LogTime | undefined): Promise<LogPart> {
  const kept = new Ring(limit)
  // One more than is shown tells whether there are older ones.
  const done = await read(target, { tailLines: limit + 1, ...sinceQuery(since) }, (line) => kept.add(line))
  const { lines } = kept
  const older = kept.dropped > 0
  const all = !older && done.end === 'whole'
  const notes: ResultNote[] = []
  if (lines.length > 0) notes.push(endNote(lines, older, since))
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

function endNote(lines: readonly LogLine[], older: boolean, since: LogTime | undefined): ResultNote {
  const range = rangeOf(lines)
  const params = { lines: lines.length, from: lines[0]?.time ?? '', to: lines.at(-1)?.time ?? '' }
  const after = since ? ` since ${utc(since.ms)}` : ''
  if (older) {
    const text = `The last ${lineCount(lines.length)}${after}${range}; older lines exist and were not read.`
    return note('log-tail', text, params)
  }
  return note('log-all', `All ${lineCount(lines.length)}${after}${range}.`, params)
}

function noneSince({ ms }: LogTime, last: string | undefined): ResultNote {
  const earlier = last === undefined ? ' The log is empty.' : ` The last line is of ${utc(last)}.`
  return note('log-none-since', `No line since ${utc(ms)}.${earlier}`, { since: utc(ms), last: last ?? '' })
}

/** The lines within minutes of a time, the nearest if there are too many. */
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
  const params = {
    lines: lines.length,
    before: before.lines.length,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  }
  const notes: ResultNote[] = []
  if (lines.length === 0) {
    const last = next === undefined ? await lastTime(target) : undefined
    const later = next === undefined ? '' : ` The next line is of ${utc(next)}.`
    const earlier = last === undefined ? '' : ` The last line is of ${utc(last)}.`
    notes.push(note('log-none-around', `No line ${span}.${later}${earlier}`, params))
  } else {
    const rest = all ? '' : '; there are more lines in that time'
    const text = `${all ? 'All ' : 'The nearest '}${lineCount(lines.length)} ${span}${rest}.`
    notes.push(note('log-around', text, params))
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

/** Every line that contains the text, with lines before and after it; the first and the last ones if there are many. */
export async function searchLog(
  target: LogTarget,
  text: string,
  limit: number,
  { since, around }: { since: LogTime | undefined; around: LogTime | undefined },
): Promise<LogPart> {
  const until = around && around.ms + AROUND
  const from = around ? { ...around, ms: around.ms - AROUND, secondsAgo: undefined } : since
  const exact = new Matches(alternativesOf(text), limit)
  const words = wordsOf(text).map((word) => new Matches([word], limit))
  const all = [exact, ...words]
  let first: string | undefined
  let last: string | undefined
  const done = await read(target, sinceQuery(from), (line, number) => {
    if (until !== undefined && line.time !== undefined && Date.parse(line.time) > until) return false
    first ??= line.time
    last = line.time ?? last
    const lower = line.text.toLowerCase()
    for (const matches of all) matches.take(line, lower, number)
    return true
  })
  // The line after the time that was asked for was read, but not searched.
  if (done.end === 'stopped') done.lines--
  // No line has the whole text: the rarest of its words may be what was meant, and rather one that names a thing.
  const rank = ({ count, needles }: Matches) => (GENERIC.test(needles[0] ?? '') ? Number.MAX_SAFE_INTEGER : count)
  const word = words.filter(({ count }) => count > 0).sort((one, other) => rank(one) - rank(other))[0]
  const matches = exact.count === 0 && word ? word : exact
  const complete = done.end === 'whole' || done.end === 'stopped'
  const found = matches.needles[0] ?? text
  const params = { search: text, found, matches: exact.count, lines: done.lines, bytes: done.bytes }
  const notes = [
    note('log-searched', searchedText(done, { since: from, first, last, exact: exact.text(text) }), params),
  ]
  if (matches !== exact) notes.push(note('log-found-word', matches.text(found), params))
  if (matches.dropped > 0) {
    notes.push(note('log-found-many', 'The first and the last of them are shown, with the lines around them.', params))
  }
  return {
    lines: matches.lines(),
    shown: matches.shown(),
    total: complete ? done.lines : undefined,
    complete,
    notes: [
      ...notes,
      ...limitNotes(done, last),
      ...clockNotes(matches.sample(), around ?? since),
      ...brokenNotes(done),
    ],
    found: matches.count,
    end: done.end,
  }
}

function searchedText(
  { end, lines }: ReadLog,
  about: { since: LogTime | undefined; first: string | undefined; last: string | undefined; exact: string },
): string {
  const { since, first, last, exact } = about
  const range = first === undefined || last === undefined ? '' : `, ${utcRange(Date.parse(first), Date.parse(last))}`
  const what = since ? ` since ${utc(since.ms)}` : ' that the node keeps'
  return `Searched ${end === 'whole' || end === 'stopped' ? 'all' : 'the first'} ${lineCount(lines)}${what}${range}. ${exact}`
}

/** `refused|timed out`: one of them is enough. */
function alternativesOf(text: string): string[] {
  const parts = text.split('|').map((part) => part.trim())
  return parts.length > 1 && parts.every((part) => part.length > 1) ? [...parts.slice(0, 8), text] : [text]
}

/** The words of a text, for the case that no line has all of it. */
function wordsOf(text: string): string[] {
  if (text.includes('|')) return []
  const words = text.split(/[\s"']+/).filter((word) => word.length >= 3 && word !== text)
  return [...new Set(words)].slice(0, 6)
}

/** Lines that contain one of some texts, of which the first and the last are kept with their surroundings. */
class Matches {
  count = 0
  readonly needles: readonly string[]
  private readonly numbers: number[] = []
  private readonly before: { line: LogLine; number: number }[] = []
  private readonly first: { line: LogLine; number: number }[] = []
  private readonly last: { line: LogLine; number: number }[] = []
  private after = 0
  dropped = 0

  constructor(
    needles: readonly string[],
    private readonly limit: number,
  ) {
    this.needles = needles.map((needle) => needle.toLowerCase())
  }

  take(line: LogLine, lower: string, number: number): void {
    if (this.needles.some((needle) => lower.includes(needle))) {
      this.count++
      if (this.numbers.length < 3) this.numbers.push(number)
      for (const earlier of this.before) this.keep(earlier)
      this.before.length = 0
      this.keep({ line, number })
      this.after = AFTER
    } else if (this.after > 0) {
      this.after--
      this.keep({ line, number })
    } else {
      this.before.push({ line, number })
      if (this.before.length > BEFORE) this.before.shift()
    }
  }

  private keep(entry: { line: LogLine; number: number }): void {
    const half = Math.ceil(this.limit / 2)
    if (this.first.length < half) {
      this.first.push(entry)
      return
    }
    this.last.push(entry)
    if (this.last.length <= half) return
    this.last.shift()
    this.dropped++
  }

  /** With a mark wherever lines are missing in between. */
  lines(): string[] {
    const texts = textOf(this.sample(), true)
    const out: string[] = []
    let next = 1
    for (const [at, { number }] of [...this.first, ...this.last].entries()) {
      if (number > next) out.push(gapMark(number - next))
      out.push(texts[at] ?? '')
      next = number + 1
    }
    return out
  }

  sample(): LogLine[] {
    return [...this.first, ...this.last].map(({ line }) => line)
  }

  shown(): number {
    return this.first.length + this.last.length
  }

  /** `"x" is in 2 lines (line 4, 40,000).` */
  text(searched: string): string {
    if (this.count === 0) return `No line contains "${searched}".`
    const numbers = this.numbers.map(grouped)
    const where = this.count > 3 ? `, the first is line ${numbers[0]}` : ` (line ${numbers.join(', ')})`
    return `"${searched}" is in ${lineCount(this.count)}${where}.`
  }
}

/** The last lines, bounded in number and in characters. */
class Ring {
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

/** A duration is counted by the node's clock, a time is compared with it. */
function sinceQuery(since: LogTime | undefined): Query {
  if (!since) return {}
  return since.secondsAgo === undefined
    ? { sinceTime: new Date(since.ms).toISOString() }
    : { sinceSeconds: since.secondsAgo }
}

function rangeOf(lines: readonly LogLine[]): string {
  const [first, last] = [Date.parse(lines[0]?.time ?? ''), Date.parse(lines.at(-1)?.time ?? '')]
  return Number.isNaN(first) || Number.isNaN(last) ? '' : `, ${utcRange(first, last)}`
}

/** The lines' texts; in front of them the node's time, if a time was asked for and they show none. */
function textOf(lines: readonly LogLine[], withTimes: boolean): string[] {
  if (!withTimes || !needTimes(lines)) return lines.map(({ text }) => text)
  return lines.map(({ text, time }) =>
    time === undefined ? text : `${new Date(time).toISOString().slice(11, 19)}Z ${text}`,
  )
}

function needTimes(lines: readonly LogLine[]): boolean {
  const own = lines.filter(({ text }) => hasOwnTime(text)).length
  return own < lines.length / 2 && !lines.some(({ text }) => text.startsWith('{'))
}

/** Which clock the times are of. */
function clockNotes(lines: readonly LogLine[], asked: LogTime | undefined): ResultNote[] {
  const notes: ResultNote[] = []
  if (asked?.assumedUtc) {
    notes.push(note('log-time-utc', `The time was read as UTC: ${utc(asked.ms)}.`, { time: utc(asked.ms) }))
  }
  const zone = zoneOfLog(
    lines.map(({ text, time }) => ({ text, time: time === undefined ? undefined : Date.parse(time) })),
  )
  if (zone !== undefined) notes.push(note('log-zone', `The clock in the lines is ${zone}.`, { zone }))
  return notes
}

function limitNotes({ end, bytes, lines }: ReadLog, last: string | undefined): ResultNote[] {
  if (end !== 'bytes' && end !== 'time') return []
  const limit = end === 'time' ? `${MAX_MS / 1000} seconds` : `${MAX_BYTES >> 20} MiB`
  const until = last === undefined ? '' : ` (${utc(last)})`
  const text = `The read ended at its limit of ${limit}: lines after line ${grouped(lines)}${until} were not read. Narrow it with since.`
  return [note('log-limit', text, { limit, bytes, lines })]
}

function brokenNotes({ end, lines }: ReadLog): ResultNote[] {
  if (end !== 'broken') return []
  const text = `The log broke off after ${lineCount(lines)}: the connection ended early.`
  return [note('log-broken', text, { lines })]
}
