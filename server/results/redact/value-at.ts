/** Finds and redacts the value after a key, however it is written: quoted, a word, or YAML that goes on in deeper lines. */
import { isHarmless, REDACTED } from './marker'
import type { Quoted } from './quoted'
import { charSet, skip } from './scan'
import type { Splice } from './splice'

const blanks = charSet(/[ \t\r]/)
const word = /[^\s"'`,;&)<>\]}\\|]+/y
const restOfLine = /[^\n]*/y

/** The word that begins at `at`, without what may close the sentence or the structure around it; empty for none. */
export function wordAt(text: string, at: number): string {
  word.lastIndex = at
  return word.exec(text)?.[0] ?? ''
}

/** The rest of the line from `at` on, without the blanks at its end. */
export function lineAt(text: string, at: number): string {
  restOfLine.lastIndex = at
  return (restOfLine.exec(text)?.[0] ?? '').trimEnd()
}

/** The end of the lines below `at` that are indented deeper than `column`: a YAML value that goes on. */
export function endOfDeeperLines(text: string, at: number, column: number): number {
  let end = at
  for (let newline = at; text[newline] === '\n';) {
    const next = text.indexOf('\n', newline + 1)
    const lineEnd = next < 0 ? text.length : next
    const content = skip(text, newline + 1, blanks)
    if (content < lineEnd) {
      if (content - newline - 1 <= column) break
      end = lineEnd
    }
    newline = lineEnd
  }
  return end
}

/**
 * Redacts what is between the quotes; a string that its line does not close goes on in the lines below that are deeper
 * than `column`, unless this is negative. Returns where to go on.
 */
export function redactQuoted(text: string, quoted: Quoted, column: number, out: Splice): number {
  const open = quoted.after === quoted.end
  const end = open && column >= 0 ? endOfDeeperLines(text, quoted.end, column) : quoted.end
  if (!isHarmless(text.slice(quoted.start, end))) out.replace(quoted.start, end, REDACTED)
  return open ? end : quoted.after
}

/** Redacts the rest of a YAML line with the deeper lines that continue it; returns where to go on. */
export function redactYamlValue(text: string, start: number, column: number, out: Splice): number {
  const value = lineAt(text, start)
  const lineEnd = start + value.length
  // A mapping, a list, an anchor or an alias is structure, whose own keys are looked at; so is a key without a value.
  if (/^[{[&*]/.test(value) || isHarmless(value)) return lineEnd
  const end = endOfDeeperLines(text, lineEnd, column)
  out.replace(start, end, REDACTED)
  return end
}
