import { DETECTORS } from './registry'
import { scannerOf } from './scanner'
import { applySpans, Spans } from './spans'
import { atOnce } from '#shared/steps'
import type { Steps } from '#shared/steps'

/** Maximum levels of nested base64. */
const DEEPEST = 2

const scanner = scannerOf(DETECTORS)

/** Result for a long text. */
export interface Redacted {
  text: string
  /** Number of characters at the end that were not read in time and are removed. */
  unread: number
}

/** False if no detector would be called. This pre-filter is computed from all triggers. */
export function mayHoldCredential(text: string): boolean {
  return scanner.mayHold(text)
}

/**
 * Returns the text without credentials. Accepts any text, never throws, takes linear time, and is idempotent. Call
 * sanitizeText first: invisible characters can hide a secret.
 */
export function redactText(text: string): string {
  return atOnce(redactSteps(text, never)).text
}

/** The same in steps. Text not read before the deadline is removed, starting at a line. */
export function* redactSteps(text: string, isSpent: () => boolean): Steps<Redacted> {
  const { found, end } = yield* scanner.scan(text, (decoded) => holds(decoded, 1), isSpent)
  if (end >= text.length) return { text: yield* applySpans(text, found, text.length), unread: 0 }
  const cut = cutBefore(text, end)
  return { text: yield* applySpans(text.slice(0, cut), within(found, cut), cut), unread: text.length - cut }
}

const secretKind = /\bkind\\*["']?\s{0,64}:\s{0,64}\\*["']?Secret/

/**
 * The start of the first line that was not read completely. If a Secret's kind may follow its data, everything is
 * removed.
 */
function cutBefore(text: string, end: number): number {
  if (secretKind.test(text.slice(end))) return Math.max(0, text.lastIndexOf('\n---\n', end) + 1)
  return text.lastIndexOf('\n', end - 1) + 1
}

/** Findings before the cut. */
function within(found: readonly Spans[], cut: number): Spans[] {
  return found.map(({ all }) => {
    const spans = new Spans()
    for (const { start, end, marker } of all) if (start < cut) spans.add(start, Math.min(end, cut), marker)
    return spans
  })
}

function never(): boolean {
  return false
}

function holds(decoded: string, depth: number): boolean {
  const inner = (text: string): boolean => depth < DEEPEST && holds(text, depth + 1)
  return scanner.finds(decoded, inner)
}
