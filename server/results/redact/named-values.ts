/** Redacts values whose name stands beside them: environment variables in a manifest, a ConfigMap in kubectl describe. */
import { isHarmless, REDACTED } from './marker'
import { readQuoted } from './quoted'
import { isCredential, sensitiveEnds } from './sensitive-keys'
import { Splice } from './splice'
import { lineAt, redactQuoted, redactYamlValue, wordAt } from './value-at'

const nameFirst = new RegExp(
  `\\bname(\\\\*["'])?[ \\t]*:[ \\t]*\\\\*["']?([\\w.-]{1,200})\\\\*["']?(?:[ \\t]*\\r?\\n[ \\t]*|[ \\t]*,\\s*)\\\\*["']?value\\\\*["']?[ \\t]*:[ \\t]*`,
  'g',
)
const valueFirst = /\bvalue(?:\\*["'])?[ \t]*:[ \t]*(?=\S)/g
const nameAfter = /\s{0,256}(?:,\s{0,256})?\\*["']?name\\*["']?[ \t]*:[ \t]*\\*["']?([\w.-]{1,200})/y

/** Redacts the `value` beside a `name` that promises a credential. */
export function redactNamedValues(text: string): string {
  return redactValuesBefore(redactValuesAfter(text))
}

function redactValuesAfter(text: string): string {
  const out = new Splice(text)
  nameFirst.lastIndex = 0
  for (let match = nameFirst.exec(text); match; match = nameFirst.exec(text)) {
    const start = nameFirst.lastIndex
    const quoted = readQuoted(text, start)
    const value = quoted ? text.slice(quoted.start, quoted.end) : wordAt(text, start)
    if (!isCredential(match[2] ?? '', value)) continue
    const onItsLine = /\n([ \t]*)\S*[ \t]*$/.exec(match[0])
    const column = onItsLine && !match[0].includes(',') ? (onItsLine[1]?.length ?? 0) : -1
    if (quoted) {
      nameFirst.lastIndex = redactQuoted(text, quoted, column, out)
    } else if (column >= 0) {
      nameFirst.lastIndex = redactYamlValue(text, start, column, out)
    } else if (!isHarmless(value)) {
      out.replace(start, start + value.length, REDACTED)
    }
  }
  return out.toString()
}

/** The other order, which people write and some marshallers. */
function redactValuesBefore(text: string): string {
  const out = new Splice(text)
  valueFirst.lastIndex = 0
  for (let match = valueFirst.exec(text); match; match = valueFirst.exec(text)) {
    const at = valueFirst.lastIndex
    const quoted = readQuoted(text, at)
    const start = quoted?.start ?? at
    const end = quoted?.end ?? at + (lineAt(text, at).split(',', 1)[0] ?? '').trimEnd().length
    const after = quoted?.after ?? end
    nameAfter.lastIndex = after
    const name = nameAfter.exec(text)?.[1]
    const value = text.slice(start, end)
    if (name !== undefined && isCredential(name, value) && !isHarmless(value)) out.replace(start, end, REDACTED)
    valueFirst.lastIndex = Math.max(at, after)
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
    const blank = text.indexOf('\n\n', start)
    const end = blank < 0 ? text.length : blank
    const value = text.slice(start, end)
    if (!isCredential(match[0].slice(0, -':\n----\n'.length), value) || isHarmless(value.trim())) continue
    out.replace(start, end, REDACTED)
    described.lastIndex = end
  }
  return out.toString()
}
