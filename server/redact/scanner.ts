/** Runs detectors over a text: one pass finds all triggers, and each detector is called at its own. */
import { KEY_TRIGGERS } from '#shared/redact/triggers'
import { automatonOf, rareStep } from './automaton'
import type { Automaton } from './automaton'
import type { Detector, Hit, Holds, KeyPlace } from './detector'
import { Spans } from './spans'
import { atOnce } from '#shared/steps'
import type { Steps } from '#shared/steps'
import { charSet } from './text/chars'
import { keyAt } from './text/key-at'

/** In characters; calling a detector counts as this many. */
const STEP = 8 * 1024
const CALL = 32

const runChars = charSet(/[A-Za-z0-9+/_-]/)

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
  const shortestRun = runs[0]?.length ?? Infinity
  return {
    finds(text, holds) {
      const pass = new Pass(text, holds, detectors, groups, runs, automaton)
      while (pass.at <= text.length) {
        pass.advance()
        atOnce(pass.finishLong())
        if (pass.found.some((spans) => spans && spans.all.length > 0)) return true
      }
      return false
    },
    mayHold: (text) => findsTrigger(text, automaton, shortestRun),
    *scan(text, holds, isSpent) {
      const pass = new Pass(text, holds, detectors, groups, runs, automaton)
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
  readonly from: Int32Array
  readonly found: (Spans | undefined)[] = []
  private state = 0
  private runStart = -1
  private work = 0
  private afterName = 0
  private keptUntil = 0
  /** What detectors left to be done in steps: it comes before what follows in the text. */
  private long: LongWork[] = []

  constructor(
    private readonly text: string,
    private readonly holds: Holds,
    private readonly detectors: readonly Detector[],
    private readonly groups: readonly Group[],
    private readonly runs: readonly Run[],
    private readonly automaton: Automaton,
  ) {
    this.from = new Int32Array(detectors.length)
  }

  /** Reads until a step is done, or a detector left long work. */
  advance(): void {
    const { text, automaton, runs } = this
    const { classes, next, isEnd, width } = automaton
    const shortestRun = runs[0]?.length ?? Infinity
    const last = text.length
    let { at, state, runStart } = this
    for (const stop = at + STEP; at <= last && at < stop && this.work < STEP && this.long.length === 0; at++) {
      const code = at < last ? text.charCodeAt(at) : 0
      if (code < 128 && runChars[code] === 1) {
        if (runStart < 0) runStart = at
      } else if (runStart >= 0) {
        if (at - runStart >= shortestRun) this.callRuns(runStart, at)
        runStart = -1
      }
      const letter = classes[code] ?? 0
      if (letter === 0) continue
      state = letter < width ? (next[state * width + letter] ?? 0) : rareStep(automaton, state, letter)
      if (isEnd[state] !== 0) this.callWords(state, at + 1)
    }
    this.at = at
    this.state = state
    this.runStart = runStart
    this.work = 0
  }

  *finishLong(): Steps<void> {
    for (const { member, steps } of this.long.splice(0)) {
      const read = yield* steps
      this.from[member] = Math.max(this.from[member] ?? 0, read)
    }
  }

  private callRuns(start: number, end: number): void {
    const hit = { start, end, key: undefined }
    for (const { length, member } of this.runs) if (end - start >= length) this.call(member, hit)
  }

  private callWords(state: number, end: number): void {
    for (const { group, length } of this.automaton.ends[this.automaton.isEnd[state] ?? 0] ?? []) {
      const { places, members } = this.groups[group] ?? { members: [] }
      const start = end - length
      const key = places && keyAt(this.text, start, end)
      if (places && (!key || start < this.afterName)) continue
      // Each name is passed on once, at the first of its words.
      if (key) this.afterName = key.end
      const hit = { start, end, key }
      for (const member of key ? (places?.[key.place] ?? []) : members) this.call(member, hit)
    }
  }

  private call(member: number, hit: Hit): void {
    const detector = this.detectors[member]
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

function findsTrigger(text: string, automaton: Automaton, shortestRun: number): boolean {
  const { classes, next, isEnd, width } = automaton
  let state = 0
  let run = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    run = code < 128 && runChars[code] === 1 ? run + 1 : 0
    const letter = classes[code] ?? 0
    if (letter !== 0) state = letter < width ? (next[state * width + letter] ?? 0) : rareStep(automaton, state, letter)
    if (isEnd[state] !== 0 || run >= shortestRun) return true
  }
  return false
}
