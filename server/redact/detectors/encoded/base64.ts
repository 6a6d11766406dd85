import type { Detector, Holds } from '../../detector'
import { charSet, skip, skipBlank } from '../../text/chars'

const alphabet = charSet(/[A-Za-z0-9+/_-]/)
/** `pwd=secret` has ten bytes. */
const SHORTEST = 14
/** Minimum length of a folded line. */
const SHORTEST_LINE = 40
const value = new Int8Array(128).fill(-1)
for (const [index, letter] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  value[letter.charCodeAt(0)] = index
value['-'.charCodeAt(0)] = 62
value['_'.charCodeAt(0)] = 63

const encoded = (text: string): string => Buffer.from(text).toString('base64')

/**
 * Base64 of anything that would be redacted as plain text: an encoded kubeconfig, `.dockerconfigjson`, a data URL. A
 * run is decoded once if its first bytes look like text, unlike hashes, names and keys.
 */
export const base64: Detector = {
  name: 'base64',
  trigger: { kind: 'run', length: SHORTEST },
  redact(text, { start: at, end }, out, holds) {
    const start = readableStart(text, at, end)
    if (start === undefined) return end
    // Decoded once as a whole: if that is harmless, so is each line.
    const last = endOfFolded(text, at, end)
    if (holdsSecret(text.slice(start, last), holds)) out.add(start, padded(text, last))
    return last
  },
  samples: {
    gone: [
      [`blob ${encoded('DB_PASSWORD=SN6gBnDVczn5kV')}`, encoded('DB_PASSWORD=SN6gBnDVczn5kV')],
      [
        `x: ${encoded(encoded('REDIS_PASSWORD=9hn1EBXJQLqm8b'))}`,
        encoded(encoded('REDIS_PASSWORD=9hn1EBXJQLqm8b')).slice(0, 40),
      ],
      [`x: ${encoded('\0\0password=fdLQZJXHxkd11Y')}`, encoded('\0\0password=fdLQZJXHxkd11Y')],
      [
        `/v1/${encoded('{"user":"a","password":"hunter2"}')}`,
        encoded('{"user":"a","password":"hunter2"}').slice(0, 24),
      ],
    ],
    kept: [
      `motd: ${encoded('Hello world, this is an ordinary text of some length.')}`,
      `continue: ${encoded('{"v":"meta.k8s.io/v1","rv":1845663,"start":"web-7d4b9c6f5-x2x4z\\u0000"}')}`,
      'aGVsbG8td29ybGQtZGVwbG95bWVudA cartServiceDeploymentController',
    ],
  },
}

/** Maximum number of slashes to try. */
const MOST_STARTS = 8

/**
 * Where in the run something readable begins: it may begin with a path, `/data/cGFzc3dvcmQ…`, or with the letter of an
 * escaped line break.
 */
function readableStart(text: string, at: number, end: number): number | undefined {
  let start = text.charCodeAt(at - 1) === 92 ? at + 1 : at
  for (let tried = 0; tried < MOST_STARTS; tried++) {
    if (beginsReadable(text, start)) return start
    let slash = Math.max(at, start)
    while (slash < end && text.charCodeAt(slash) !== 47) slash++
    if (end - slash <= SHORTEST) return undefined
    start = slash + 1
  }
  return undefined
}

/** Whether the first nine bytes are readable characters, which is true for one in thousands of hashes. */
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

/** Printable ASCII, blanks, UTF-8 bytes, and the zeros at the start of other encodings. */
const readable = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0 || byte === 9 || byte === 10 || byte === 13 || byte >= 0xc2 ? 1 : 0,
)

function holdsSecret(run: string, holds: Holds): boolean {
  const plain = Buffer.from(run, 'base64').toString('utf8')
  return plain.length > 8 && holds(plain)
}

/** The end of the folded lines that continue a run ending at `end`, possibly with escaped line breaks. */
function endOfFolded(text: string, at: number, end: number): number {
  if (end - at < SHORTEST_LINE) return end
  let last = end
  for (;;) {
    const start = skipBlank(text, last)
    if (start === last) return last
    const next = skip(text, start, alphabet)
    // The last line may be short, but must not begin another word.
    if (next - start < 4 || (next - start < SHORTEST_LINE && !/[=\s"'\\]/.test(text[next] ?? ' '))) return last
    const gap = text.slice(last, start)
    if (gap.includes(' ') && !/[\nn]/.test(gap)) return last
    last = next
    if (next - start < SHORTEST_LINE) return last
  }
}

function padded(text: string, end: number): number {
  let last = end
  while (last - end < 2 && text[last] === '=') last++
  return last
}
