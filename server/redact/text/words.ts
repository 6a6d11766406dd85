import { LastRead } from './last-read'

const LONGEST = 8192
/** Blanks, quotes and what closes a structure. */
const stops = new Uint8Array(128)
for (let code = 0; code < 128; code++) if (/[\s"'`,;&)<>\]}\\|]/.test(String.fromCharCode(code))) stops[code] = 1
const encodedWord = /[^\s"'`,;&)<>\]}\\|%]{1,8192}/y

/** The word at `at`, without closing punctuation of the surrounding sentence or structure; may be empty. */
export function wordAt(text: string, at: number): string {
  return text.slice(at, wordEnd(text, at))
}

/** Characters to read of a word in which others begin, as in `token=token=token=…`. */
const FAR = 8 * LONGEST
/** A shorter word is read again. */
const LONG = 256
/** For words that begin in a long one: an endless one stays linear. */
const lastLong = new LastRead<{ from: number; end: number; isWhole: boolean }>()

/** The end of that word. */
export function wordEnd(text: string, at: number): number {
  const long = lastLong.of(text)
  if (long && at >= long.from && at < long.end && (long.isWhole || at + LONGEST <= long.end))
    return Math.min(long.end, at + LONGEST)
  const end = stopAfter(text, at)
  if (end - at >= LONG) lastLong.keep(text, { from: at, end, isWhole: end < at + FAR })
  return Math.min(end, at + LONGEST)
}

function stopAfter(text: string, at: number): number {
  const limit = Math.min(text.length, at + FAR)
  let end = at
  for (; end < limit; end++) {
    const code = text.charCodeAt(end)
    if (code < 128 ? stops[code] === 1 : code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x2029)) break
  }
  return end
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
