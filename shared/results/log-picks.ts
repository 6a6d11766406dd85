/** Chooses the lines of a log that matter. */
import type { Steps } from '../steps'
import {
  gapMark,
  gapOf,
  isRunMark,
  keyLines,
  lineCount,
  logBlockSteps,
  readableLine,
  shapeOf,
  shortLine,
} from './log-lines'
import type { LogBlock } from './log-lines'
import { grouped } from '../text/grouped'
import { estimateTokens } from './tokens'

/** Maximum share for errors and for warnings; the end of the log gets the rest. */
const ERROR_SHARE = 0.7
const WARNING_SHARE = 0.3
/** Tokens of a gap mark. */
const GAP = 8
/** How many lines that differ only in numbers are shown. */
const SIMILAR = 3
/** Messages of one step. */
const STEP_BLOCKS = 500
/** How many last lines are shown even if they are similar. */
const ALWAYS = 5

/** The request, according to our own server's notes. */
export interface Focus {
  /** The text that was found: its lines come first. */
  found: string
  /** Index of the line at the requested time; undefined: the end of the log matters. */
  centre: number | undefined
}

/** Chooses the lines to show within a token budget. */
export class Picks {
  private readonly texts = new Map<number, string>()
  /** Indexes of the log's end, or of the lines around a time, most important first. */
  private readonly rest: number[] = []
  /** Lines of stack traces whose key lines are shown. */
  private readonly traces = new Set<number>()
  private used = 0
  private errors = 0
  private readonly longest: number

  constructor(
    private readonly lines: readonly string[],
    private readonly focus: Focus,
    private readonly room: number,
  ) {
    this.longest = room < 500 ? 280 : 500
  }

  *choose(): Steps<this> {
    this.lines.forEach((line, index) => isRunMark(line) && this.add(index, this.room))
    if (this.focus.found !== '') this.addFound()
    yield
    const blocks = yield* logBlockSteps(this.lines)
    this.errors += yield* this.addBlocks(
      blocks.filter(({ level }) => level === 'fatal' || level === 'error'),
      ERROR_SHARE,
    )
    yield* this.addBlocks(
      blocks.filter(({ level }) => level === 'warn'),
      this.errors > 0 ? WARNING_SHARE : ERROR_SHARE,
    )
    yield
    this.addRest()
    return this
  }

  /** The lines in log order, with gap marks. */
  body(): string[] {
    const out: string[] = []
    let missing = 0
    this.lines.forEach((line, index) => {
      const text = this.texts.get(index)
      if (text === undefined) {
        missing += gapOf(line) ?? 1
        return
      }
      if (missing > 0) out.push(gapMark(missing))
      missing = 0
      out.push(text)
    })
    if (missing > 0) out.push(gapMark(missing))
    return out
  }

  lastLine(more: string): string {
    const all = this.lines.filter((line) => gapOf(line) === undefined && !isRunMark(line)).length
    const shown = [...this.texts.keys()].filter((index) => !isRunMark(this.lines[index] ?? '')).length
    if (shown >= all) return 'Long lines are cut.'
    const errors =
      this.errors > 0
        ? ` and ${this.errors === 1 ? 'an error with its causes' : `${grouped(this.errors)} distinct errors with their causes`}`
        : ''
    const where = this.focus.centre === undefined ? 'of the end' : 'around the time'
    const end = this.rest.length > 0 ? `${lineCount(this.rest.length)} ${where}` : `nothing ${where}`
    return `Left out: ${grouped(all - shown)} of ${lineCount(all)} that were read; shown: ${end}${errors}. More: ${more}.`
  }

  /** @returns false if no more lines may be dropped */
  dropOne(): boolean {
    const index = this.rest.pop()
    if (index === undefined) return false
    this.texts.delete(index)
    return true
  }

  private add(index: number, limit: number, suffix = ''): boolean {
    if (this.texts.has(index)) return true
    const text = shortLine(readableLine(this.lines[index] ?? ''), this.longest, this.focus.found) + suffix
    const cost = estimateTokens(text) + 1
    if (this.used + cost > limit) return false
    this.texts.set(index, text)
    this.used += cost
    return true
  }

  private addFound(): void {
    const needle = this.focus.found.toLowerCase()
    const found = this.lines.flatMap((line, index) => (line.toLowerCase().includes(needle) ? [index] : []))
    const shapes = new Map<string, number>()
    for (const index of endsFirst(found)) {
      if (countUp(shapes, shapeOf(this.lines[index] ?? '')) > SIMILAR) continue
      if (!this.add(index, this.room * 0.9 - GAP)) return
      this.used += GAP
    }
  }

  /** Each distinct message once, with its count; the last, the first, then the others from the end. */
  private *addBlocks(blocks: readonly LogBlock[], share: number): Steps<number> {
    const limit = Math.max(this.used, this.room * share)
    const distinct = new Map<string, { block: LogBlock; times: number }>()
    for (const [at, block] of blocks.entries()) {
      if (at % STEP_BLOCKS === STEP_BLOCKS - 1) yield
      const key = keyLines(this.lines, block)
        .slice(0, 3)
        .map((index) => shapeOf(this.lines[index] ?? ''))
        .join('\n')
      const times = (distinct.get(key)?.times ?? 0) + 1
      distinct.delete(key)
      distinct.set(key, { block, times })
    }
    let added = 0
    for (const { block, times } of endsFirst([...distinct.values()])) {
      const [head = block.start, ...others] = keyLines(this.lines, block)
      if (!this.add(head, limit - GAP, times > 1 ? ` (${grouped(times)} times)` : '')) break
      this.used += GAP
      added++
      for (let index = block.start + 1; index < block.end; index++) this.traces.add(index)
      for (const index of others) if (!this.add(index, limit)) break
    }
    return added
  }

  /** Backwards from the last line, or outwards from the requested time; only a few of similar lines. */
  private addRest(): void {
    const { centre } = this.focus
    const { length } = this.lines
    const order = centre === undefined ? [...this.lines.keys()].reverse() : outwards(centre, length)
    const shapes = new Map<string, number>()
    for (const [at, index] of order.entries()) {
      const line = this.lines[index] ?? ''
      if (this.texts.has(index) || this.traces.has(index) || gapOf(line) !== undefined) continue
      const times = countUp(shapes, shapeOf(line))
      if (at >= ALWAYS && times > SIMILAR) continue
      if (times === SIMILAR) this.used += GAP
      if (!this.add(index, this.room)) return
      this.rest.push(index)
    }
  }
}

/** All indexes below `length`, nearest to `centre` first. */
function outwards(centre: number, length: number): number[] {
  const distance = (index: number) => Math.abs(index - centre + 0.25)
  return Array.from({ length }, (_, index) => index).sort((one, other) => distance(one) - distance(other))
}

function countUp(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1
  counts.set(key, count)
  return count
}

/** The last, the first, then from the end: the newest shows the state, the first often the cause. */
function endsFirst<T>(items: readonly T[]): T[] {
  if (items.length < 3) return items.toReversed()
  return [...items.slice(-1), ...items.slice(0, 1), ...items.slice(1, -1).toReversed()]
}
