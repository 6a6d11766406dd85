/**
 * Scans runs of characters by hand. An expression such as `[a-z]{20,}` or `(?:a|b)*` keeps backtracking state for every
 * character: for megabytes V8 throws "Maximum call stack size exceeded".
 */
export type CharSet = Uint8Array

/** The ASCII characters of a class such as `[A-Za-z0-9_-]`. */
export function charSet(pattern: RegExp): CharSet {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0))
}

/** The first index from `at`, before `limit`, whose character is not in the set. */
export function skip(text: string, at: number, set: CharSet, limit = text.length): number {
  const last = Math.min(limit, text.length)
  let end = at
  while (end < last && set[text.charCodeAt(end)] === 1) end++
  return end
}

/** The first index of the run that ends before `at`, not below `floor`. */
export function skipBack(text: string, at: number, set: CharSet, floor = 0): number {
  let start = at
  while (start > floor && set[text.charCodeAt(start - 1)] === 1) start--
  return start
}

export const BLANKS = charSet(/[ \t\r]/)
const blank = charSet(/\s/)

/** The first index from `at` that is neither blank nor a line break, also escaped at any depth. */
export function skipBlank(text: string, at: number, limit = text.length): number {
  let end = skip(text, at, blank, limit)
  while (text[end] === '\\' && end < limit) {
    let letter = end
    while (text[letter] === '\\' && letter < limit) letter++
    if (!/[nrt]/.test(text[letter] ?? '')) return end
    end = skip(text, letter + 1, blank, limit)
  }
  return end
}
