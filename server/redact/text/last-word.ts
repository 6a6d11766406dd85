import { BLANKS, skip } from './chars'
import { lineStart } from './lines'

const LONGEST = 256
const anotherField = /[,;&][a-z_]{3,32}[:=]/i
const openers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>': '<' }

/**
 * The end of the last word of a line, with any signs in it: generated passwords have some that end words elsewhere.
 * Undefined if another word or field follows.
 */
export function lastWordEnd(text: string, at: number): number | undefined {
  const start = lineStart(text, at)
  // Too far back to see the open brackets and quotes.
  if (start === undefined) return undefined
  const before = text.slice(start, at)
  let end = at
  for (const limit = Math.min(text.length, at + LONGEST); end < limit; end++) {
    const sign = text[end] ?? ' '
    if (/\s/.test(sign) || (/["'`]/.test(sign) && before.includes(sign))) break
    // A line break or quote in a string.
    if (sign === '\\' && before.includes('"') && /[nrt"\\]/.test(text[end + 1] ?? '')) break
  }
  if (end - at >= LONGEST) return undefined
  const next = skip(text, end, BLANKS, end + LONGEST)
  if (next < text.length && !/[\n"'`\\]/.test(text[next] ?? '')) return undefined
  if (anotherField.test(text.slice(at, end))) return undefined
  const whole = end
  const closes = (sign: string): boolean => before.includes(openers[sign] ?? '\n') || (end < whole && /[,;]/.test(sign))
  while (end > at && closes(text[end - 1] ?? '')) end--
  return text[end - 1] === '.' ? end - 1 : end
}
