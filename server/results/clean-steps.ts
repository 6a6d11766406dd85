/** Cleans a long text in steps, within a bounded time. */
import { redactSteps } from '../redact/redact-text'
import type { Steps } from '#shared/steps'
import { sanitizeText } from './sanitize'

/** So much is sanitized in one step. */
const PIECE_CHARS = 1024 * 1024
/** Work on one text, in milliseconds; 100 MB are read in it. */
const LONGEST_MS = 3000

/**
 * The text without hidden characters and then without credentials. Parts not read in time are withheld, and a last line reports it.
 */
export function* cleanInSteps(text: string, longestMs = LONGEST_MS): Steps<string> {
  // Sanitized first, and whole lines at a time: an invisible character must not hide where a line begins.
  let visible = text.length <= PIECE_CHARS ? sanitizeText(text) : ''
  for (let start = 0; text.length > PIECE_CHARS && start < text.length;) {
    const newline = text.indexOf('\n', start + PIECE_CHARS)
    const end = newline < 0 ? text.length : newline + 1
    visible += sanitizeText(text.slice(start, end))
    start = end
    yield
  }
  const { text: clean, unread } = yield* redactSteps(visible, budget(longestMs))
  return unread === 0 ? clean : `${clean}${withheld(unread)}`
}

/** A step takes less; the excess is other work. */
const LONGEST_STEP_MS = 20

/** Replaces the part that was not read. */
function withheld(characters: number): string {
  return `<withheld: the last ${characters} characters could not be checked for credentials in time; ask for less>`
}

/** True once so many milliseconds were worked between two questions; what others did meanwhile does not count. */
function budget(longestMs: number): () => boolean {
  let worked = 0
  let before = performance.now()
  return () => {
    const now = performance.now()
    worked += Math.min(now - before, LONGEST_STEP_MS)
    before = now
    return worked > longestMs
  }
}
