import { grouped } from '#shared/text/grouped'
import { cutEnd, cutLine, headLines } from './model-text/bound'
import { withinTokens } from './within-tokens'

const note = /^… ([\d,]+) more lines of this older result left out\. Call the tool again to see them\.$/
const longestSummary = 240

/**
 * Shortens an older result for the model's history to at most `maxChars` characters: keeps the first lines and an
 * earlier cut's summary (`… 4,873 of 5,000 rows left out …`), and counts the lines removed over all calls. A fitting
 * text stays unchanged.
 */
export function shrinkText(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  const lines = text.split('\n')
  const goneBefore = takeNote(lines)
  const summary = takeSummary(lines)
  const ending = (left: number): string =>
    `${summary === '' ? '' : `${summary}\n`}… ${grouped(left)} more lines of this older result left out. Call the tool again to see them.`

  const longestEnding = ending(lines.length + goneBefore).length
  // Of two lines about omissions, the one that counts rows is more informative.
  if (longestEnding + 20 > maxChars) return cutEnd(summary || ending(lines.length + goneBefore), maxChars)
  const taken = headLines(lines, maxChars - longestEnding)
  // If the first line alone is too long, keep its beginning.
  const head = taken > 0 ? lines.slice(0, taken).join('\n') : cutLine(lines[0] ?? '', maxChars - longestEnding - 1)
  return `${head}\n${ending(lines.length - taken + goneBefore)}`
}

/** Removes an earlier call's note from the end and returns its count. */
function takeNote(lines: string[]): number {
  const match = note.exec(lines.at(-1) ?? '')
  if (!match) return 0
  lines.pop()
  return Number(match[1]?.replaceAll(',', ''))
}

function takeSummary(lines: string[]): string {
  const last = lines.at(-1) ?? ''
  if (lines.length < 2 || !last.startsWith('… ')) return ''
  lines.pop()
  return cutLine(last, longestSummary)
}

/** The same to at most an estimated `maxTokens`. */
export function shrinkToTokens(text: string, maxTokens: number): string {
  return withinTokens(maxTokens, (maxChars) => shrinkText(text, maxChars))
}
