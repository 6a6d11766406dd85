/** Reads quoted strings, also in nested JSON, whose quotes are escaped with backslashes. */

export interface Quoted {
  /** Start and end of the value, without quotes. */
  start: number
  end: number
  /** Just after the closing quote. */
  after: number
}

const opening = /(\\*)(["'])/y
const stops = { '"': /["\n]/g, "'": /['\n]/g }

/**
 * The string whose opening quote (with its backslashes) is at `at`, or undefined. An unclosed string ends with its
 * line, so that a string cut off in a log does not show its first half. Reads no further than it returns, so that
 * sequential reads are linear.
 */
export function readQuoted(text: string, at: number): Quoted | undefined {
  opening.lastIndex = at
  const match = opening.exec(text)
  if (!match) return undefined
  const depth = match[1]?.length ?? 0
  const stop = stops[match[2] === "'" ? "'" : '"']
  const start = opening.lastIndex
  stop.lastIndex = start
  for (let found = stop.exec(text); found; found = stop.exec(text)) {
    if (found[0] === '\n') return { start, end: found.index, after: found.index }
    let slashes = 0
    while (found.index - slashes > start && text[found.index - slashes - 1] === '\\') slashes++
    // At depth n a quote with n backslashes ends the string, and one with 2n + 1 is part of it; pairs of either may
    // precede.
    if (slashes % (2 * depth + 2) !== depth) continue
    // YAML escapes a single quote by doubling it.
    if (found[0] === "'" && text[found.index + 1] === "'") {
      stop.lastIndex = found.index + 2
      continue
    }
    return { start, end: found.index - depth, after: found.index + 1 }
  }
  return { start, end: text.length, after: text.length }
}
