import { REDACTED } from './marker'

/** A part of a text and its replacement. */
export interface Span {
  start: number
  end: number
  marker: string
}

/** A detector's findings in one text, in order. */
export class Spans {
  readonly all: Span[] = []
  /** Those of them that no other detector looks into. Read only after long work. */
  readonly final: Span[] = []
  /** Up to here the text is public, such as a certificate: no detector looks at it. */
  keptUntil = 0

  /** Ignores an empty part. */
  add(start: number, end: number, marker: string = REDACTED): void {
    if (end > start) this.all.push({ start, end, marker })
  }

  /** Adds a part that is replaced with everything in it. */
  addFinal(start: number, end: number, marker?: string): void {
    this.add(start, end, marker)
    const added = this.all.at(-1)
    if (end > start && added) this.final.push(added)
  }
}

/** How many parts are joined in one step. */
const AT_ONCE = 2000

/**
 * The text with all parts replaced. Overlapping parts are merged: the marker is the longer part's if it contains the
 * other, otherwise the plain one.
 */
export function* applySpans(text: string, found: readonly Spans[], end: number): Generator<void, string, void> {
  const lists = found.map(({ all }) => inOrder(all)).filter((all) => all.length > 0)
  if (lists.length === 0) return text.slice(0, end)
  let out = ''
  let pieces: string[] = []
  let from = 0
  let current: Span | undefined
  const write = (span: Span): void => {
    pieces.push(text.slice(from, span.start), span.marker)
    from = span.end
  }
  for (const span of merged(lists)) {
    if (current && span.start < current.end) {
      current = union(current, span)
      continue
    }
    if (current) write(current)
    current = span
    if (pieces.length < AT_ONCE) continue
    out += pieces.join('')
    pieces = []
    yield
  }
  if (current) write(current)
  return out + pieces.join('') + text.slice(from, Math.max(from, end))
}

function union(one: Span, other: Span): Span {
  const start = Math.min(one.start, other.start)
  const end = Math.max(one.end, other.end)
  if (one.start === other.start && one.end === other.end) return one.marker.length >= other.marker.length ? one : other
  if (one.start === start && one.end === end) return one
  if (other.start === start && other.end === end) return other
  return { start, end, marker: REDACTED }
}

/** A detector that calls itself for nested content may report out of order. */
function inOrder(all: Span[]): Span[] {
  for (let at = 1; at < all.length; at++)
    if ((all[at]?.start ?? 0) < (all[at - 1]?.start ?? 0)) return all.sort((a, b) => a.start - b.start)
  return all
}

function* merged(lists: readonly Span[][]): Generator<Span, void, void> {
  if (lists.length === 1) return yield* lists[0] ?? []
  const next = lists.map(() => 0)
  for (;;) {
    let least: Span | undefined
    let from = -1
    for (let list = 0; list < lists.length; list++) {
      const span = lists[list]?.[next[list] ?? 0]
      if (span && (!least || span.start < least.start)) {
        least = span
        from = list
      }
    }
    if (!least) return
    next[from] = (next[from] ?? 0) + 1
    yield least
  }
}
