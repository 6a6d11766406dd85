/** Reads quoted strings, also in nested JSON, whose quotes are escaped with backslashes. */

const BACKSLASH = 92

export interface Quoted {
  /** Start and end of the value, without quotes. */
  start: number
  end: number
  /** Just after the closing quote. */
  after: number
}

/**
 * The string whose opening quote (with its backslashes) is at `at`, or undefined. An unclosed string ends with its
 * line, so that a string cut off in a log does not show its first half. Reads no further than it returns, so that
 * sequential reads are linear.
 */
export function readQuoted(text: string, at: number): Quoted | undefined {
  let open = at
  while (text.charCodeAt(open) === BACKSLASH) open++
  const quote = text.charCodeAt(open)
  if (quote !== 34 && quote !== 39) return undefined
  const depth = open - at
  const start = open + 1
  let slashes = 0
  for (let end = start; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === BACKSLASH) {
      slashes++
      continue
    }
    if (code === 10) return { start, end, after: end }
    // At depth n a quote ends the string with n backslashes, and is part of it with 2n + 1; pairs of either may precede.
    if (code === quote && slashes % (2 * depth + 2) === depth) {
      // YAML doubles a single quote to write one.
      if (quote === 39 && text.charCodeAt(end + 1) === 39) end++
      else return { start, end: end - depth, after: end + 1 }
    }
    slashes = 0
  }
  return { start, end: text.length, after: text.length }
}
