/** Reads quoted strings out of text that may hold JSON within JSON, whose quotes then have backslashes before them. */

export interface Quoted {
  /** Where the value begins and ends, without its quotes. */
  start: number
  end: number
  /** Just after the closing quote. */
  after: number
}

const opening = /(\\*)(["'])/y
const stops = { '"': /["\n]/g, "'": /['\n]/g }

/**
 * The string whose opening quote (with its backslashes) is at `at`, or undefined when there is none. An unclosed
 * string ends with its line: what is cut off in a log must not show its first half. Reads no further than it returns,
 * so that reading one string after the other is linear.
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
    // At depth n a quote ends the string with n backslashes, and is part of it with 2n + 1; pairs of either may precede.
    if (slashes % (2 * depth + 2) !== depth) continue
    // YAML doubles a single quote to write one.
    if (found[0] === "'" && text[found.index + 1] === "'") {
      stop.lastIndex = found.index + 2
      continue
    }
    return { start, end: found.index - depth, after: found.index + 1 }
  }
  return { start, end: text.length, after: text.length }
}
