const word = /[^\s"'`,;&)<>\]}\\|]{1,8192}/y
const encodedWord = /[^\s"'`,;&)<>\]}\\|%]{1,8192}/y
const entity = /&(?:amp|quot|lt|gt|apos|#\d{1,5});/y

/** The word at `at`, without closing punctuation of the surrounding sentence or structure; may be empty. */
export function wordAt(text: string, at: number): string {
  word.lastIndex = at
  return word.exec(text)?.[0] ?? ''
}

/** A percent-encoded word: ends at `%26`, `%22`, `%2C` and the like, at any level of encoding. */
export function encodedWordAt(text: string, at: number): string {
  let end = at
  for (;;) {
    encodedWord.lastIndex = end
    end += encodedWord.exec(text)?.[0].length ?? 0
    if (text[end] !== '%' || end - at > 8192) return text.slice(at, end)
    const code = /^%(?:25){0,4}([0-9A-Fa-f]{2})/.exec(text.slice(end, end + 12))
    if (!code || /^(?:26|22|27|2c|3b|20|0a|0d|7d|5d|23)$/i.test(code[1] ?? '')) return text.slice(at, end)
    end += code[0].length
  }
}

/** True if an HTML entity begins here, such as the `&amp;` between two fields of a query. */
export function isEntity(text: string, at: number): boolean {
  entity.lastIndex = at
  return entity.test(text)
}
