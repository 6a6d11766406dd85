/** Runs detectors over a text: one pass finds all triggers, and each detector is called at its own. */
import { KEY_TRIGGERS } from '#shared/redact/triggers'
import { automatonOf, rareStep, UNSEEN } from './automaton'
import type { Automaton } from './automaton'
import type { Detector, Hit, Holds, KeyPlace } from './detector'
import { Spans, type Span } from './spans'
import { atOnce } from '#shared/steps'
import type { Steps } from '#shared/steps'
import { charSet } from './text/chars'
import { keyAt } from './text/key-at'
import { Readings } from './text/last-read'

/** In characters; calling a detector counts as this many. */
const STEP = 8 * 1024
const CALL = 32

const runChars = charSet(/[A-Za-z0-9+/_-]/)
/** Marks the characters of a run in `units`. */
const RUN = 0x8000

export interface Scanner {
  /** Reports findings into one list for each detector. Returns how far the text was read. */
  scan: (text: string, holds: Holds, isSpent: () => boolean) => Steps<{ found: Spans[]; end: number }>
  /** True if anything is found; stops at the first finding. */
  finds: (text: string, holds: Holds) => boolean
  /** The pre-filter: false if no detector would be called. */
  mayHold: (text: string) => boolean
}

interface Group {
  words: readonly string[]
  members: number[]
  /** For names of values: the detectors by place. */
  places?: Record<KeyPlace, number[]>
}

interface Run {
  length: number
  member: number
}

/** A detector's long work in steps. */
interface LongWork {
  member: number
  steps: Generator<void, number, void>
}

/** What a scanner is made of. */
interface Rules {
  detectors: readonly Detector[]
  groups: readonly Group[]
  /** Shortest first. */
  runs: readonly Run[]
  shortestRun: number
  automaton: Automaton
  /** The class of each UTF-16 unit, and RUN. */
  units: Uint16Array
}

export function scannerOf(detectors: readonly Detector[]): Scanner {
  const groups: Group[] = []
  let names: Group | undefined
  const runs: Run[] = []
  detectors.forEach(({ trigger }, member) => {
    switch (trigger.kind) {
      case 'key':
        if (!names)
          groups.push((names = { words: KEY_TRIGGERS, members: [], places: { value: [], block: [], bare: [] } }))
        for (const place of trigger.places) names.places?.[place].push(member)
        break
      case 'words':
        groups.push({ words: trigger.words, members: [member] })
        break
      case 'run':
        runs.push({ length: trigger.length, member })
        break
    }
  })
  runs.sort((a, b) => a.length - b.length)
  const automaton = automatonOf(groups.map(({ words }) => words))
  const units = automaton.classes.map((letter, code) => (runChars[code] === 1 ? letter | RUN : letter))
  const rules: Rules = { detectors, groups, runs, shortestRun: runs[0]?.length ?? Infinity, automaton, units }
  return {
    finds(text, holds) {
      const pass = new Pass(text, holds, rules)
      while (pass.at <= text.length) {
        pass.advance()
        atOnce(pass.finishLong())
        if (pass.found.some((spans) => spans && spans.all.length > 0)) return true
      }
      return false
    },
    mayHold: (text) => findsTrigger(text, rules),
    *scan(text, holds, isSpent) {
      const pass = new Pass(text, holds, rules)
      while (pass.at <= text.length) {
        pass.advance()
        yield* pass.finishLong()
        if (pass.at > text.length) break
        if (isSpent()) return { found: present(pass.found), end: pass.at }
        yield
      }
      return { found: present(pass.found), end: text.length }
    },
  }
}

/** One pass over one text, interrupted after each step. */
class Pass {
  at = 0
  /** Of each detector: where it continues. */
  private readonly from: number[] = []
  readonly found: (Spans | undefined)[] = []
  private state = 0
  /** The last character before the current run. */
  private gap = -1
  private work = 0
  private afterName = 0
  private keptUntil = 0
  /** Parts that no detector looks into, and the index of the first one ahead. */
  private final: readonly Span[] = []
  private finalAt = 0
  /** What detectors left to be done in steps: it comes before what follows in the text. */
  private long: LongWork[] = []
  private readonly readings = new Readings()

  constructor(
    private readonly text: string,
    private readonly holds: Holds,
    private readonly rules: Rules,
  ) {}

  /** Reads until a step is done, or a detector left long work. */
  advance(): void {
    this.readings.within(() => this.read())
  }

  private read(): void {
    const { text } = this
    const { automaton, units, shortestRun } = this.rules
    const { next, shift, firstEnd } = automaton
    const width = 1 << shift
    let { at, state, gap } = this
    const final = this.finalAfter(at)
    const end = final ? Math.max(at, final.start) : text.length
    for (let stop = Math.min(at + STEP, end); at < stop; at++) {
      const unit = units[text.charCodeAt(at)] ?? 0
      if (unit < RUN) {
        if (at - gap > shortestRun) {
          this.callRuns(gap + 1, at)
          if (this.isFull()) stop = at + 1
        }
        gap = at
      }
      const letter = unit & ~RUN
      if (letter < width) state = next[(state << shift) + letter] ?? 0
      else if (letter === UNSEEN) continue
      else state = rareStep(automaton, state, letter)
      if (state >= firstEnd) {
        this.callWords(state, at + 1)
        if (this.isFull()) stop = at + 1
      }
    }
    if (at >= end && !this.isFull()) {
      if (at - gap > shortestRun) this.callRuns(gap + 1, at)
      at = final?.end ?? text.length + 1
      gap = at - 1
      state = 0
    }
    this.at = at
    this.state = state
    this.gap = gap
    this.work = 0
  }

  private finalAfter(at: number): Span | undefined {
    while ((this.final[this.finalAt]?.end ?? Infinity) <= at) this.finalAt++
    return this.final[this.finalAt]
  }

  private isFull(): boolean {
    return this.work >= STEP || this.long.length > 0
  }

  *finishLong(): Steps<void> {
    for (const { member, steps } of this.long.splice(0)) {
      const read = yield* this.finished(steps)
      const final = this.found[member]?.final ?? []
      if (final.length > 0) this.final = final
      this.from[member] = Math.max(this.from[member] ?? 0, read)
    }
  }

  private *finished(steps: LongWork['steps']): Steps<number> {
    for (;;) {
      const step = this.readings.within(() => steps.next())
      if (step.done) return step.value
      yield
    }
  }

  private callRuns(start: number, end: number): void {
    const hit = { start, end, word: '', key: undefined }
    for (const { length, member } of this.rules.runs) if (end - start >= length) this.call(member, hit)
  }

  private callWords(state: number, end: number): void {
    const { automaton, groups } = this.rules
    for (const { group, text: word } of automaton.ends[state - automaton.firstEnd] ?? []) {
      const { places, members } = groups[group] ?? { members: [] }
      const start = end - word.length
      const key = places && keyAt(this.text, start, end)
      if (places && (!key || start < this.afterName)) continue
      // Each name is passed on once, at the first of its words.
      if (key) this.afterName = key.end
      const hit = { start, end, word, key }
      for (const member of key ? (places?.[key.place] ?? []) : members) this.call(member, hit)
    }
  }

  private call(member: number, hit: Hit): void {
    const detector = this.rules.detectors[member]
    if (!detector || hit.start < this.keptUntil || hit.start < (this.from[member] ?? 0)) return
    const out = (this.found[member] ??= new Spans())
    const read = detector.redact(this.text, hit, out, this.holds)
    this.work += CALL
    if (out.keptUntil > this.keptUntil) this.keptUntil = out.keptUntil
    if (typeof read !== 'number') this.long.push({ member, steps: read })
    // Within a detector, a trigger inside a longer one does not hide it.
    else if (read > hit.end) this.from[member] = read
  }
}

function present(found: readonly (Spans | undefined)[]): Spans[] {
  return found.flatMap((spans) => spans ?? [])
}

function findsTrigger(text: string, { automaton, units, shortestRun }: Rules): boolean {
  const { next, shift, firstEnd } = automaton
  let state = 0
  let run = 0
  for (let at = 0; at < text.length; at++) {
    const unit = units[text.charCodeAt(at)] ?? 0
    run = unit < RUN ? 0 : run + 1
    const letter = unit & ~RUN
    state = letter >> shift === 0 ? (next[(state << shift) + letter] ?? 0) : rareStep(automaton, state, letter)
    if (state >= firstEnd || run >= shortestRun) return true
  }
  return false
}
