/**
 * Walks over runs of characters by hand. An expression such as `[a-z]{20,}` or `(?:a|b)*` keeps a way back for every
 * character: on a run of megabytes V8 then throws "Maximum call stack size exceeded".
 */
export type CharSet = Uint8Array

/** The set of the ASCII characters that a class such as `[A-Za-z0-9_-]` names. */
export function charSet(pattern: RegExp): CharSet {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0))
}

/** The first index from `at` on whose character is not in the set. */
export function skip(text: string, at: number, set: CharSet): number {
  let end = at
  while (end < text.length && set[text.charCodeAt(end)] === 1) end++
  return end
}

const blank = charSet(/\s/)

/** The first index from `at` on that is neither blank nor a line break written as `\n`, at any depth of escaping. */
export function skipBlank(text: string, at: number): number {
  let end = skip(text, at, blank)
  while (text[end] === '\\') {
    let letter = end
    while (text[letter] === '\\') letter++
    if (!/[nrt]/.test(text[letter] ?? '')) return end
    end = skip(text, letter + 1, blank)
  }
  return end
}
