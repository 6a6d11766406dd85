/** Redacts the values of keys that promise a credential: `password: x`, `token=x`, `"apiKey":"x"`, `--token=x`. */
import { isHarmless, REDACTED } from './marker'
import { readQuoted, type Quoted } from './quoted'
import { charSet, skip } from './scan'
import { isSensitiveKey, sensitiveEnds } from './sensitive-keys'
import { Splice } from './splice'

const key = new RegExp(`(${sensitiveEnds})(\\\\*["'])?[ \\t]*([=:])[ \\t]*`, 'gi')
const blanks = charSet(/[ \t\r]/)
const word = /[^\s"'`,;&)<>\]}\\|]+/y
const restOfLine = /[^\n]*/y
const jsonLiteral = /^(?:-?\d[\d.eE+-]*|true|false|null|[{[].*),?$/
/** No line is looked at further back than this, so that one endless line stays linear. */
const lookBack = 256

function lineAt(text: string, start: number): string {
  restOfLine.lastIndex = start
  return (restOfLine.exec(text)?.[0] ?? '').trimEnd()
}

/** The key's own characters before the part that the expression matched. */
function nameBefore(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < lookBack && /[\w.\-/]/.test(text[start - 1] ?? '')) start--
  return start
}

/** Where in its line a YAML key at `nameStart` stands alone: its column, or -1 when other words precede it. */
function columnAtLineStart(text: string, nameStart: number): number {
  const before = text.slice(Math.max(0, nameStart - lookBack), nameStart)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const starts = before.length < lookBack || before.includes('\n')
  return starts && /^[ \t]*(?:-[ \t]+){0,32}["']?$/.test(line) ? line.length : -1
}

/** Inside `{ user: me, token: x }` of YAML or of a log line. */
function inFlow(text: string, nameStart: number): boolean {
  const before = text.slice(Math.max(0, nameStart - lookBack), nameStart)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  return /[{,]\s*$/.test(line) && line.includes('{')
}

/** A credential and not a word of prose: `token: Unauthorized` says what went wrong, and stays. */
function looksRandom(value: string): boolean {
  const bare = value.replace(/[.:!?]+$/, '')
  return bare.length >= 6 && /\d/.test(bare) && /[a-z]/i.test(bare)
}

/** The end of the lines below `at` that are indented deeper than `column`: a YAML value that goes on. */
export function endOfDeeperLines(text: string, at: number, column: number): number {
  let end = at
  for (let newline = at; text[newline] === '\n';) {
    const next = text.indexOf('\n', newline + 1)
    const lineEnd = next < 0 ? text.length : next
    const content = skip(text, newline + 1, blanks)
    if (content < lineEnd) {
      if (content - newline - 1 <= column) break
      end = lineEnd
    }
    newline = lineEnd
  }
  return end
}

/** Returns the text with such values replaced. Linear: each value is read once, and nothing far behind it. */
export function redactKeyed(text: string): string {
  const out = new Splice(text)
  key.lastIndex = 0
  for (let match = key.exec(text); match; match = key.exec(text)) {
    const nameStart = nameBefore(text, match.index)
    if (!isSensitiveKey(text.slice(nameStart, match.index) + (match[1] ?? ''))) continue
    const isPassword = /^passw/i.test(match[1] ?? '')
    const start = key.lastIndex
    const column = match[3] === ':' ? columnAtLineStart(text, nameStart) : -1
    const quoted = readQuoted(text, start)
    if (quoted) {
      key.lastIndex = redactQuoted(text, quoted, column, out)
      continue
    }
    if (column >= 0 && !(match[2] && jsonLiteral.test(lineAt(text, start)))) {
      key.lastIndex = redactYamlValue(text, start, column, out)
      continue
    }
    word.lastIndex = start
    const value = word.exec(text)?.[0]
    // `$(DB_PASSWORD)` names a variable.
    if (value === undefined || /^\$[({]/.test(value) || value.startsWith('=') || isHarmless(value)) continue
    const number = /^\d+$/.test(value)
    const sure = match[3] === '=' ? isPassword || !number : match[2] ? isPassword && number : inFlow(text, nameStart)
    if (sure || (match[3] === ':' && !match[2] && looksRandom(value)))
      out.replace(start, start + value.length, REDACTED)
    key.lastIndex = start + value.length
  }
  return out.toString()
}

/** Redacts what is between the quotes; a string that its line does not close goes on in the deeper lines below. */
function redactQuoted(text: string, quoted: Quoted, column: number, out: Splice): number {
  const open = quoted.after === quoted.end
  const end = open && column >= 0 ? endOfDeeperLines(text, quoted.end, column) : quoted.end
  if (!isHarmless(text.slice(quoted.start, end))) out.replace(quoted.start, end, REDACTED)
  return open ? end : quoted.after
}

/** Redacts the rest of a YAML line with the deeper lines that continue it; returns where to go on. */
function redactYamlValue(text: string, start: number, column: number, out: Splice): number {
  const value = lineAt(text, start)
  const lineEnd = start + value.length
  // A mapping, a list, an anchor or an alias is structure, whose own keys are looked at; so is a key without a value.
  if (/^[{[&*]/.test(value) || isHarmless(value)) return lineEnd
  const end = endOfDeeperLines(text, lineEnd, column)
  out.replace(start, end, REDACTED)
  return end
}

const pair = new RegExp(
  `\\bname(\\\\*["'])?[ \\t]*:[ \\t]*\\\\*["']?([\\w.-]{1,200})\\\\*["']?(?:[ \\t]*\\r?\\n[ \\t]*|[ \\t]*,\\s*)\\\\*["']?value\\\\*["']?[ \\t]*:[ \\t]*`,
  'g',
)

/** Redacts the `value` beside a `name` that promises a credential: environment variables in a pod's manifest. */
export function redactNamedValues(text: string): string {
  const out = new Splice(text)
  pair.lastIndex = 0
  for (let match = pair.exec(text); match; match = pair.exec(text)) {
    if (!isSensitiveKey(match[2] ?? '')) continue
    const start = pair.lastIndex
    const quoted = readQuoted(text, start)
    const onItsLine = /\n([ \t]*)\S*[ \t]*$/.exec(match[0])
    const column = onItsLine && !match[0].includes(',') ? (onItsLine[1]?.length ?? 0) : -1
    if (quoted) {
      pair.lastIndex = redactQuoted(text, quoted, column, out)
    } else if (column >= 0) {
      pair.lastIndex = redactYamlValue(text, start, column, out)
    } else {
      word.lastIndex = start
      const value = word.exec(text)?.[0] ?? ''
      if (!isHarmless(value)) out.replace(start, start + value.length, REDACTED)
    }
  }
  return out.toString()
}

const described = new RegExp(`^[\\w.-]{0,200}?(?:${sensitiveEnds}):\\n----\\n`, 'gim')

/** Redacts what `kubectl describe configmap` prints under such a key, up to the blank line after it. */
export function redactDescribed(text: string): string {
  if (!text.includes(':\n----\n')) return text
  const out = new Splice(text)
  described.lastIndex = 0
  for (let match = described.exec(text); match; match = described.exec(text)) {
    const start = described.lastIndex
    if (!isSensitiveKey(match[0].slice(0, -':\n----\n'.length))) continue
    const blank = text.indexOf('\n\n', start)
    const end = blank < 0 ? text.length : blank
    if (!isHarmless(text.slice(start, end).trim())) out.replace(start, end, REDACTED)
    described.lastIndex = end
  }
  return out.toString()
}
