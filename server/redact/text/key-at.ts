/** Reads the name around a trigger, and what it promises. */
import { promiseOf } from '#shared/redact/key'
import type { KeyPromise } from '#shared/redact/key'
import type { KeyPlace } from '../detector'
import { LastRead } from './last-read'
import { separatorAt } from './separator'
import type { Separator } from './separator'

export interface KeyAt {
  start: number
  end: number
  name: string
  promise: KeyPromise
  /** What follows the name. */
  separator: Separator | undefined
  place: KeyPlace
}

/** Maximum length of a name to read, so that an endless word stays linear. */
const FARTHEST_BACK = 120
const FARTHEST_ON = 60

const LETTER = 1
const SIGN = 2
/** Letters and digits of any script, and characters that join words of a name. */
const unit = new Uint8Array(65536)
for (let code = 0; code < 65536; code++) {
  const letter = String.fromCharCode(code)
  if (/[A-Za-z0-9_-]/.test(letter) || (code > 0x7f && /[\p{L}\p{N}\p{M}\p{Cf}]/u.test(letter))) unit[code] = LETTER
}
unit['.'.charCodeAt(0)] = SIGN
unit['/'.charCodeAt(0)] = SIGN
unit[0xd835] = LETTER
for (let code = 0xdc00; code <= 0xdfff; code++) unit[code] = LETTER

const lastKey = new LastRead<{ from: number; to: number; key: KeyAt | undefined }>()

/** The name around the text from `start` to `end`; undefined if it promises nothing. */
export function keyAt(text: string, start: number, end: number): KeyAt | undefined {
  const last = lastKey.of(text)
  if (last && start >= last.from && end <= last.to) return last.key
  const key = read(text, start, end)
  lastKey.keep(text, { from: key?.start ?? start, to: key?.end ?? end, key })
  return key
}

function read(text: string, hitStart: number, hitEnd: number): KeyAt | undefined {
  let end = hitEnd
  const farEnd = Math.min(text.length, hitEnd + FARTHEST_ON)
  while (end < farEnd && unit[text.charCodeAt(end)] === LETTER) end++
  // `.` joins words but also ends a sentence; `/` joins only at the front.
  while (text.charCodeAt(end) === 46 && unit[text.charCodeAt(end + 1)] === LETTER && end < farEnd) {
    end++
    while (end < farEnd && unit[text.charCodeAt(end)] === LETTER) end++
  }
  let start = hitStart
  const floor = Math.max(0, hitStart - FARTHEST_BACK)
  while (start > floor && unit[text.charCodeAt(start - 1)] !== 0) start--
  // The letter of an escape, `\npassword`, belongs to no word.
  if (text.charCodeAt(start - 1) === 92 && /[nrtu]/.test(text[start] ?? '') && start + 1 <= hitStart) start++
  start = afterPercent(text, start, hitStart)
  // A flag's dashes, a URL's slashes.
  while (start < hitStart && /[-./]/.test(text[start] ?? '')) start++
  let name = text.slice(start, end)
  let promise = promiseOf(name)
  if (!promise) return undefined
  const second = secondWord(text, end)
  const wider = second > end ? text.slice(start, second) : name
  const widerPromise = second > end ? promiseOf(wider) : undefined
  if (widerPromise) [name, promise, end] = [wider, widerPromise, second]
  const separator = separatorAt(text, numbered(text, end))
  return { start, end, name, promise, separator, place: separator ? placeOf(text, separator.end) : 'bare' }
}

/** Whether the name ends a URL path, such as `/oauth2/token`, which no value follows. */
export function endsPath(text: string, { start, name }: KeyAt): boolean {
  return text.charCodeAt(start - 1) === 47 || name.indexOf('/') !== name.lastIndexOf('/')
}

const keyOrId = / (?:key|id)s?(?=[ \t]{0,16}[:=])/iy

/** The end of the second word of `Secret ID: `, whose first word is a name by itself. */
function secondWord(text: string, end: number): number {
  if (text.charCodeAt(end) !== 32) return end
  keyOrId.lastIndex = end
  return keyOrId.test(text) ? keyOrId.lastIndex : end
}

/** Behind the rest of `%26` or `%253F`, which is a sign and no part of the name. */
function afterPercent(text: string, start: number, hitStart: number): number {
  if (text.charCodeAt(start - 1) !== 37) return start
  const code = /^(?:25){0,4}[0-9A-Fa-f]{2}/.exec(text.slice(start, start + 10))?.[0].length ?? 0
  return start + code <= hitStart ? start + code : start
}

function placeOf(text: string, at: number): KeyPlace {
  const code = at < text.length ? text.charCodeAt(at) : 10
  return code === 10 || code === 13 || code === 35 || code === 123 || code === 91 ? 'block' : 'value'
}

/** After the number of `Unseal Key 1: `. */
function numbered(text: string, end: number): number {
  if (text.charCodeAt(end) !== 32) return end
  const from = text.charCodeAt(end + 1) === 35 ? end + 2 : end + 1
  let at = from
  while (at < from + 3 && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++
  return at > from && text.charCodeAt(at) === 58 ? at : end
}
