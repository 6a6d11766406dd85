/** Redacts the values of keys that promise a credential: `password: x`, `token=x`, `"apiKey":"x"`, `--token=x`. */
import { isHarmless, REDACTED } from './marker'
import { readQuoted } from './quoted'
import { isCredential, looksRandom, promiseOf, sensitiveEnds } from './sensitive-keys'
import { Splice } from './splice'
import { lineAt, redactQuoted, redactYamlValue, wordAt } from './value-at'

/** `=>` is of PHP and Ruby. */
const key = new RegExp(`(${sensitiveEnds})(\\\\*["'])?[ \\t]*(=>?|:)[ \\t]*`, 'gi')
const jsonLiteral = /^(?:-?\d[\d.eE+-]*|true|false|null|[{[].*),?$/
/** No line is looked at further back than this, so that one endless line stays linear. */
const lookBack = 256

/** Returns the text with such values replaced. Linear: each value is read once, and nothing far behind it. */
export function redactKeyed(text: string): string {
  const out = new Splice(text)
  key.lastIndex = 0
  for (let match = key.exec(text); match; match = key.exec(text)) {
    const nameStart = nameBefore(text, match.index)
    const name = text.slice(nameStart, match.index) + (match[1] ?? '')
    const promise = promiseOf(name)
    if (!promise) continue
    const start = key.lastIndex
    const column = match[3] === ':' ? columnAtLineStart(text, nameStart) : -1
    const quoted = readQuoted(text, start)
    if (quoted) {
      const taken = isCredential(name, text.slice(quoted.start, quoted.end))
      key.lastIndex = taken ? redactQuoted(text, quoted, column, out) : quoted.after
      continue
    }
    if (column >= 0 && !(match[2] && jsonLiteral.test(lineAt(text, start)))) {
      const taken = isCredential(name, lineAt(text, start))
      key.lastIndex = taken ? redactYamlValue(text, start, column, out) : start
      continue
    }
    const value = wordAt(text, start)
    // `$(DB_PASSWORD)` names a variable; of `SECRET= NEXT=1` the value is empty.
    if (value === '' || /^(?:\$[({]|=)/.test(value) || isHarmless(value)) continue
    if (match[0].endsWith(' ') && /^[A-Z_]{2,64}=/.test(value)) continue
    if (promise === 'sure' ? isSecretWord(value, match, () => inFlow(text, nameStart)) : isCredential(name, value))
      out.replace(start, start + value.length, REDACTED)
    key.lastIndex = start + value.length
  }
  return out.toString()
}

/** Whether a bare word after a key is its value, and not a number, or a word of prose. */
function isSecretWord(value: string, match: RegExpExecArray, inFlow: () => boolean): boolean {
  const isPassword = /^passw/i.test(match[1] ?? '')
  const number = /^\d+$/.test(value)
  if (match[3] !== ':') return isPassword || !number
  if (match[2]) return isPassword && number
  return inFlow() || looksRandom(value)
}

/** The key's own characters before the part that the expression matched. */
function nameBefore(text: string, at: number): number {
  let start = at
  while (start > 0 && at - start < lookBack && /[\w.\-/]/.test(text[start - 1] ?? '')) start--
  return start
}

function lineBefore(text: string, at: number): { line: string; isWhole: boolean } {
  const before = text.slice(Math.max(0, at - lookBack), at)
  return {
    line: before.slice(before.lastIndexOf('\n') + 1),
    isWhole: before.length < lookBack || before.includes('\n'),
  }
}

/** Where in its line a YAML key at `nameStart` stands alone: its column, or -1 when other words precede it. */
function columnAtLineStart(text: string, nameStart: number): number {
  const { line, isWhole } = lineBefore(text, nameStart)
  return isWhole && /^[ \t]*(?:-[ \t]+){0,32}["']?$/.test(line) ? line.length : -1
}

/** Inside `{ user: me, token: x }` of YAML or of a log line. */
function inFlow(text: string, nameStart: number): boolean {
  const { line } = lineBefore(text, nameStart)
  return /[{,]\s*$/.test(line) && line.includes('{')
}
