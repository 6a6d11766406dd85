/** Searches one container's whole log, bounded in bytes and time. */
import type { Message } from '../../../shared/messages/message'
import { both, msg } from '../../../shared/messages/create'
import { gapMark } from '../../../shared/results/log-lines'
import { grouped } from '../../../shared/text/grouped'
import { brokenNotes, clockNotes, limitNotes, textOf } from './kept-lines'
import type { LogLine, ReadLog } from './line-stream'
import { linesOf, utc, utcRange } from './note'
import { AROUND } from './read'
import { read, sinceQuery } from './request'
import type { LogPart, LogTarget } from './request'
import type { LogTime } from './times'

/** Words of a question that are not search terms. */
const GENERIC =
  /^(?:errors?|warnings?|fail(?:ed|ures?|ing)?|problems?|issues?|exceptions?|logs?|messages?|the|with|and)$/
/** Context lines before and after each match. */
const BEFORE = 2
const AFTER = 4

/** All lines that contain the text, with context; only the first and last ones if there are many. */
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
  // The line after the requested time was read but not searched.
  if (done.end === 'stopped') done.lines--
  // No line has the whole text: fall back to its rarest word, preferring one that names a thing.
  const rank = ({ count, needles }: Matches) => (GENERIC.test(needles[0] ?? '') ? Number.MAX_SAFE_INTEGER : count)
  const word = words.filter(({ count }) => count > 0).sort((one, other) => rank(one) - rank(other))[0]
  const matches = exact.count === 0 && word ? word : exact
  const complete = done.end === 'whole' || done.end === 'stopped'
  const found = matches.needles[0] ?? text
  const notes = [both(searched(done, { since: from, first, last }), exact.text(text))]
  if (matches !== exact) notes.push(matches.text(found))
  if (matches.dropped > 0) {
    notes.push(msg('log-found-many'))
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

function searched(
  { end, lines }: ReadLog,
  { since, first, last }: { since: LogTime | undefined; first: string | undefined; last: string | undefined },
): Message {
  const count = linesOf(lines)
  const kept = since
    ? msg('log-lines-since', { lines: count, time: utc(since.ms) })
    : msg('log-lines-kept', { lines: count })
  const range = first === undefined || last === undefined ? undefined : utcRange(Date.parse(first), Date.parse(last))
  const span = range ? msg('log-lines-range', { lines: kept, range }) : kept
  return end === 'whole' || end === 'stopped'
    ? msg('log-searched', { lines: span })
    : msg('log-searched-first', { lines: span })
}

/** `refused|timed out`: matches either. */
function alternativesOf(text: string): string[] {
  const parts = text.split('|').map((part) => part.trim())
  return parts.length > 1 && parts.every((part) => part.length > 1) ? [...parts.slice(0, 8), text] : [text]
}

/** The text's words, for when no line contains all of it. */
function wordsOf(text: string): string[] {
  if (text.includes('|')) return []
  const words = text.split(/[\s"']+/).filter((word) => word.length >= 3 && word !== text)
  return [...new Set(words)].slice(0, 6)
}

/** Lines that contain one of several texts. Keeps the first and last ones with their context. */
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

  /** With a mark for each gap. */
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
  text(searched: string): Message {
    if (this.count === 0) return msg('log-not-found', { searched })
    const numbers = this.numbers.map(grouped)
    const lines = linesOf(this.count)
    return this.count > 3
      ? msg('log-found-in', { searched, lines, first: numbers[0] ?? '' })
      : msg('log-found', { searched, lines, numbers: numbers.join(', ') })
  }
}
