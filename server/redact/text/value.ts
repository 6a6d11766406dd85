/** Reads the value after a separator in any notation. */
import { BLANKS, skip } from './chars'
import type { KeyAt } from './key-at'
import { columnAtLineStart, endOfDeeperLines, lineEnd, LOOK_BACK } from './lines'
import { lastWordEnd } from './last-word'
import { readQuoted } from './quoted'
import type { Separator } from './separator'
import type { Evidence } from '../values/taken'
import { encodedWordAt, wordEnd } from './words'

export interface Value {
  start: number
  end: number
  /** Where the next name may begin. */
  next: number
  evidence: Evidence
}

/** An entity or escape that quotes a string: `&quot;`, `%22`, `\u0022`. */
const otherQuote = /(?:&(?:quot|#34|#39|apos);|%(?:25){0,3}2[27]|\\+u0022)/y
/** A YAML tag or anchor, a cast, or an encoding prefix. */
const before =
  /(?:[!&][\w!.-]{0,64}[ \t]+){1,3}|(?:base64:|map\[|\(string\)[ \t]?|new String\()(?=["'\w<])|(?:b|r|f|u|rb|@)(?=["'])/y
/** A variable with a default: `${DB_PASSWORD:-hunter2}`. */
const fallback = /\$\{[\w.]{1,128}(?::[-=+]?|-)(?=[^}$\s=+-])/y

const LONGEST_LIST = 4096

/** The value of a name, or undefined if structure or nothing follows on this line. */
export function valueOf(text: string, key: KeyAt, separator: Separator): Value | undefined {
  if (separator.percent > 0) return encoded(text, separator.end)
  const column = separator.kind === 'colon' || separator.spaced ? columnAtLineStart(text, key.start) : -1
  const at = afterPrefix(text, separator)
  switch (text.charCodeAt(at)) {
    case 10:
    case 123: // {
    case 91: // [
      return undefined
    case 36: // $
      fallback.lastIndex = at
      if (fallback.test(text)) return inBraces(text, fallback.lastIndex)
      break
    case 96: // `
      return between(text, at + 1, '`')
    case 34: // "
    case 39: // '
      return quotedValue(text, at, column)
    case 37: // %
    case 38: // &
    case 92: {
      // \\
      otherQuote.lastIndex = at
      const opening = otherQuote.exec(text)?.[0]
      if (opening !== undefined) return between(text, at + opening.length, opening)
      const value = quotedValue(text, at, column)
      if (value) return value
    }
  }
  // Of `SECRET= NEXT=1` the value is empty.
  if (separator.kind === 'equals' && separator.spaced && /^[A-Z_]{2,64}=/.test(text.slice(at, at + 66)))
    return undefined
  if (column >= 0 && !separator.quoted) return restOfLine(text, at, column, separator)
  return word(text, at, key, separator)
}

/** Behind a tag, an anchor, or what says how the value is encoded. */
function afterPrefix(text: string, { kind, end }: Separator): number {
  const first = text.charCodeAt(end)
  // The letters that a prefix begins with: ! & ( @ b f m n r u
  const mayBegin = first === 33 || first === 40 || first === 64 || (first >= 98 && first <= 117)
  if (!mayBegin && !(first === 38 && kind === 'colon')) return end
  before.lastIndex = end
  return before.test(text) ? before.lastIndex : end
}

function quotedValue(text: string, at: number, column: number): Value | undefined {
  const quoted = readQuoted(text, at)
  if (!quoted) return undefined
  const isOpen = quoted.after === quoted.end
  const end = isOpen && column >= 0 ? endOfDeeperLines(text, quoted.end, column) : quoted.end
  return { start: quoted.start, end, next: isOpen ? end : quoted.after, evidence: 'strong' }
}

function inBraces(text: string, at: number): Value {
  const end = at + (/^[^}\s"']{0,400}/.exec(text.slice(at, at + 400))?.[0].length ?? 0)
  return { start: at, end, next: end, evidence: 'strong' }
}

/** An encoded query or encoded JSON. */
function encoded(text: string, at: number): Value {
  otherQuote.lastIndex = at
  const opening = otherQuote.exec(text)?.[0] ?? ''
  const start = at + opening.length
  const end = start + encodedWordAt(text, start).length
  return { start, end, next: end, evidence: 'strong' }
}

function between(text: string, start: number, closing: string): Value {
  const near = text.slice(start, start + 4096)
  const at = near.indexOf(closing)
  const newline = near.indexOf('\n')
  const length = at >= 0 && (newline < 0 || at < newline) ? at : newline >= 0 ? newline : near.length
  return { start, end: start + length, next: start + length, evidence: 'strong' }
}

/** A line of YAML, settings or a description, with its deeper continuation lines. */
function restOfLine(text: string, at: number, column: number, separator: Separator): Value | undefined {
  const newline = lineEnd(text, at)
  let end = newline
  while (end > at && BLANKS[text.charCodeAt(end - 1)] === 1) end--
  if (separator.kind === 'colon') {
    const first = text[at] ?? ''
    // An alias or a comment is not a value.
    if (first === '*' || first === '#') return undefined
    const isBlock = first === '|' || first === '>'
    const last = endOfDeeperLines(text, newline, column)
    if (last > newline && isBlock) return { start: at, end: last, next: last, evidence: 'strong' }
    if (last > newline && /^[^:]*$/.test(text.slice(newline + 1, Math.min(last, newline + 200)))) end = last
  }
  const line = text.slice(at, Math.min(end, at + 2048))
  const comment = /\s#.*$/s.exec(line)
  if (comment && end - at < 2048 && !line.includes('\n')) end = at + comment.index
  return { start: at, end, next: end, evidence: 'strong' }
}

function word(text: string, at: number, key: KeyAt, separator: Separator): Value | undefined {
  let end = wordEnd(text, at)
  if (separator.kind === 'colon' && separator.spaced && key.promise === 'password') {
    const last = lastWordEnd(text, at) ?? end
    if (/\w/.test(text.slice(end, last))) return { start: at, end: last, next: last, evidence: 'weak' }
  }
  if (end === at) return undefined
  if (separator.kind === 'equals') {
    if (columnAtLineStart(text, key.start) >= 0) end = wholeWord(text, end)
    else if (/s$/i.test(key.name)) end = listEnd(text, end)
    return { start: at, end, next: end, evidence: 'strong' }
  }
  // Keeps a sentence's full stop.
  while (end > at && /[.:!?]/.test(text[end - 1] ?? '')) end--
  const isStrong = separator.quoted || isQuotedBefore(text, key.start) || inFlow(text, key.start)
  return { start: at, end, next: end, evidence: isStrong ? 'strong' : 'weak' }
}

/** A line `NAME=value` ends with its value, which may contain any characters, unless another field follows. */
function wholeWord(text: string, end: number): number {
  const rest = /^[^\s"'`]{1,400}/.exec(text.slice(end, end + 400))?.[0] ?? ''
  return rest === '' || /[=:<]|^[,;)\]}]$/.test(rest) ? end : end + rest.length
}

/** The end of `a,b,c` under a name in the plural, before another field. */
function listEnd(text: string, end: number): number {
  let last = end
  while (text.charCodeAt(last) === 44 && last - end < LONGEST_LIST) {
    const next = wordEnd(text, last + 1)
    if (next === last + 1 || /[:=](?!=?$)/.test(text.slice(last + 1, next))) return last
    last = next
  }
  return last
}

/** `-H "X-API-Key: value"` */
function isQuotedBefore(text: string, start: number): boolean {
  const code = text.charCodeAt(start - 1)
  return code === 34 || code === 39
}

/** Inside a YAML or log `{ user: me, token: x }`. */
function inFlow(text: string, start: number): boolean {
  let at = start
  while (at > 0 && start - at < 8 && text.charCodeAt(at - 1) === 32) at--
  const sign = text.charCodeAt(at - 1)
  if (sign === 123 || sign === 91) return true
  if (sign !== 44) return false
  const line = text.slice(Math.max(0, at - LOOK_BACK), at)
  return line.slice(line.lastIndexOf('\n') + 1).includes('{')
}

/** The next line's content, if only blanks and a comment follow `at` on its line. */
export function nextLineAt(text: string, at: number): number | undefined {
  const content = skip(text, at, BLANKS, at + 512)
  if (text.charCodeAt(content) === 10) return content + 1
  if (text.charCodeAt(content) !== 35) return undefined
  const end = lineEnd(text, content)
  return end < text.length && end - content < 256 ? end + 1 : undefined
}
