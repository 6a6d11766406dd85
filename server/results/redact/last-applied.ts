/** Redacts the annotation in which `kubectl apply` keeps the whole manifest, Secrets' values included. */
import { isHarmless, REDACTED } from './marker'
import { readQuoted } from './quoted'
import { Splice } from './splice'
import { endOfDeeperLines } from './value-at'

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

const annotation = /(f:)?kubectl\.kubernetes\.io\/last-applied-configuration(\\*["'])?[ \t]*[:=][ \t]*/g

/** Returns the text with the annotation's value replaced, in YAML, in JSON, in JSON within JSON and in `describe`. */
export function redactLastApplied(text: string): string {
  const out = new Splice(text)
  annotation.lastIndex = 0
  for (let match = annotation.exec(text); match; match = annotation.exec(text)) {
    // `f:` is a name in managedFields, without a value.
    if (match[1]) continue
    const start = annotation.lastIndex
    const quoted = readQuoted(text, start)
    const closed = quoted && quoted.after > quoted.end
    // The value may go on below: in a block scalar, a folded string, or the next line of `describe`.
    const newline = text.indexOf('\n', start)
    const lineEnd = closed ? quoted.end : newline < 0 ? text.length : newline
    const end = closed ? lineEnd : endOfDeeperLines(text, lineEnd, columnOf(text, match.index))
    const from = quoted ? quoted.start : start
    const value = text.slice(from, end).trim()
    if (end > from && !isHarmless(value)) {
      // On the next line of `describe` the marker needs a blank before it.
      out.replace(from, end, /[ \t"']$/.test(text.slice(from - 1, from)) ? REDACTED : ` ${REDACTED}`)
    }
    annotation.lastIndex = Math.max(end, start)
  }
  return out.toString()
}

function columnOf(text: string, at: number): number {
  const before = text.slice(Math.max(0, at - 256), at)
  return at - Math.max(0, at - 256) - (before.lastIndexOf('\n') + 1)
}
