import type { Steps } from '../steps'
import { cleanText } from '../clean-text'
import { sanitizeText } from '../sanitize'
import { piecesOf } from './pieces'
import { redactText } from './redact-text'

/** A few milliseconds of work. */
const pieceChars = 64 * 1024

/** The text without hidden characters and then without credentials, as sanitizeText and redactText make it. */
export function* cleanInSteps(text: string): Steps<string> {
  if (text.length <= pieceChars) return cleanText(text)
  // Sanitized first, and whole lines at a time: an invisible character must not hide where a line begins.
  const visible: string[] = []
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start + 16 * pieceChars)
    const end = newline < 0 ? text.length : newline + 1
    visible.push(sanitizeText(text.slice(start, end)))
    start = end
    yield
  }
  const clean: string[] = []
  for (const piece of piecesOf(visible.join(''), pieceChars, redactText)) {
    clean.push(redactText(piece))
    yield
  }
  return clean.join('')
}
