import { BLANKS, skip } from './chars'
import { LastRead } from './last-read'

/** Maximum look-back in a line, so that an endless line stays linear. */
export const LOOK_BACK = 256

interface Line {
  /** -1 if it is too far back. */
  start: number
  /** Where reading began. */
  from: number
  end: number
}

/** A long line with many names is searched once. */
const lastLine = new LastRead<Line>()

function lineOf(text: string, at: number): Line {
  const last = lastLine.of(text)
  if (last && at >= last.from && at <= last.end) return last
  const floor = Math.max(0, at - LOOK_BACK)
  let start = at
  while (start > floor && text.charCodeAt(start - 1) !== 10) start--
  const isFar = start === floor && floor > 0 && text.charCodeAt(floor - 1) !== 10
  const newline = text.indexOf('\n', at)
  const end = newline < 0 ? text.length : newline
  return lastLine.keep(text, { start: isFar ? -1 : start, from: isFar ? at : start, end })
}

/** The end of the line at `at`. */
export function lineEnd(text: string, at: number): number {
  return lineOf(text, at).end
}

/** The start of the line at `at`, or undefined if it is too far back. */
export function lineStart(text: string, at: number): number | undefined {
  const { start } = lineOf(text, at)
  return start < 0 || at - start > LOOK_BACK ? undefined : start
}

/** The column of the first content of a line, after blanks, list dashes and a quote; -1 if `at` is not that content. */
export function columnAtLineStart(text: string, at: number): number {
  const start = lineStart(text, at)
  if (start === undefined) return -1
  for (let index = start; index < at; index++) {
    const unit = text.charCodeAt(index)
    const isBlank = unit === 32 || unit === 9
    const isDash = (unit === 45 || unit === 63) && /[ \t]/.test(text[index + 1] ?? '')
    const isQuote = (unit === 34 || unit === 39) && index === at - 1
    if (!isBlank && !isDash && !isQuote) return -1
  }
  return at - start
}

/** The end of the lines below `at` that are indented deeper than `column`: a continued YAML value. */
export function endOfDeeperLines(text: string, at: number, column: number): number {
  let end = at
  for (let newline = at; text.charCodeAt(newline) === 10;) {
    const next = lineEnd(text, newline + 1)
    const content = skip(text, newline + 1, BLANKS, next)
    if (content < next) {
      if (content - newline - 1 <= column) break
      end = next
    }
    newline = next
  }
  return end
}
