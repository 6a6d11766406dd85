/** Redacts base64 of what would be redacted in plain text: an encoded kubeconfig, `.dockerconfigjson`, a data URL. */
import { REDACTED } from './marker'
import { charSet, skip, skipBlank } from './scan'
import { Splice } from './splice'

const alphabet = charSet(/[A-Za-z0-9+/_-]/)
/** `pwd=secret` has ten bytes. */
const shortest = 14
/** Lines of folded base64 are at least this long. */
const shortestLine = 40
/** Base64 of base64 of base64 is as far as anyone goes. */
const deepest = 2
const value = new Int8Array(128).fill(-1)
for (const [index, letter] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  value[letter.charCodeAt(0)] = index
value['-'.charCodeAt(0)] = 62
value['_'.charCodeAt(0)] = 63

/**
 * Returns the text with such runs replaced. `redact` is what plain text goes through. Linear: a run is decoded once
 * where its first bytes read as text, which hashes, names and keys do not.
 */
export function redactBase64(text: string, redact: (plain: string) => string, depth = 0): string {
  const out = new Splice(text)
  for (let at = nextRun(text, 0); at >= 0; at = nextRun(text, at)) {
    const end = skip(text, at, alphabet)
    const start = starts(text, at, end).find((each) => beginsReadable(text, each))
    if (start === undefined) {
      at = end + 1
      continue
    }
    // Read once as far as it goes: what is harmless as a whole has no harmful line.
    const last = endOfFolded(text, at, end)
    if (holdsSecret(text.slice(start, last), redact, depth)) out.replace(start, padded(text, last), REDACTED)
    at = last + 1
  }
  return out.toString()
}

/** Where the next run of at least the shortest length begins, or -1. Most words are leapt over at their end. */
function nextRun(text: string, from: number): number {
  for (let at = from; at + shortest <= text.length;) {
    let back = at + shortest - 1
    while (back >= at && alphabet[text.charCodeAt(back)] === 1) back--
    if (back < at) return at
    at = back + 1
  }
  return -1
}

/** A run may begin with a path, `/data/cGFzc3dvcmQ…`, or with the letter of an escaped line break. */
function starts(text: string, at: number, end: number): number[] {
  const found = text[at - 1] === '\\' ? [at + 1] : [at]
  // Of the run alone: to the end of the text it would be quadratic.
  const run = text.slice(at, end)
  let slash = run.indexOf('/')
  while (slash >= 0 && run.length - slash > shortest && found.length < 8) {
    found.push(at + slash + 1)
    slash = run.indexOf('/', slash + 1)
  }
  return found
}

/** Whether the first nine bytes are characters that a person or a program writes. One in thousands of hashes is that lucky. */
function beginsReadable(text: string, start: number): boolean {
  for (let at = start; at < start + 12; at += 4) {
    const bits =
      ((value[text.charCodeAt(at)] ?? 0) << 18) |
      ((value[text.charCodeAt(at + 1)] ?? 0) << 12) |
      ((value[text.charCodeAt(at + 2)] ?? 0) << 6) |
      (value[text.charCodeAt(at + 3)] ?? 0)
    if (!readable[bits >> 16] || !readable[(bits >> 8) & 255] || !readable[bits & 255]) return false
  }
  return true
}

/** ASCII that prints, blanks, and the bytes of UTF-8. */
const readable = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13 || byte >= 0xc2 ? 1 : 0,
)

function holdsSecret(run: string, redact: (plain: string) => string, depth: number): boolean {
  const plain = Buffer.from(run, 'base64').toString('utf8')
  if (plain.length > 8 && redact(plain) !== plain) return true
  return depth < deepest && redactBase64(plain, redact, depth + 1) !== plain
}

/** The end of the lines of base64 that go on from a run ending at `end`; it may have line breaks that are escaped. */
function endOfFolded(text: string, at: number, end: number): number {
  if (end - at < shortestLine) return end
  let last = end
  for (;;) {
    const start = skipBlank(text, last)
    if (start === last) return last
    const next = skip(text, start, alphabet)
    // The last line is as short as it likes, but begins no other word.
    if (next - start < 4 || (next - start < shortestLine && !/[=\s"'\\]/.test(text[next] ?? ' '))) return last
    if (text.slice(last, start).includes(' ') && !/[\nn]/.test(text.slice(last, start))) return last
    last = next
    if (next - start < shortestLine) return last
  }
}

function padded(text: string, end: number): number {
  let last = end
  while (last - end < 2 && text[last] === '=') last++
  return last
}
