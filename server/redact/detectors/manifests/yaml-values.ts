import { markerFor, REDACTED } from '../../marker'
import type { Spans } from '../../spans'
import { BLANKS, skip, skipBlank } from '../../text/chars'
import { lineEnd } from '../../text/lines'
import { readQuoted } from '../../text/quoted'
import type { Block } from './yaml-blocks'

const entry = /^[ \t]*(?:"([^"]{0,300})"|'([^']{0,300})'|([^\s:#'"][^:]{0,300}?))[ \t]*:(?:[ \t]+(.*))?$/
/** Templates that External Secrets and Sealed Secrets fill in. */
const template = /^["']?\{\{[^{}]*\}\}["']?$/

/** So many lines are read in one step. */
const AT_ONCE = 2000

/** Reports every value of a block; its keys stay. */
export function* redactBlock(text: string, block: Block, out: Spans): Generator<void, void, void> {
  const headEnd = Math.min(lineEnd(text, block.start), block.end)
  const colon = text.indexOf(':', block.start + block.column) + 1
  const inline = text.slice(colon, headEnd).trim()
  if (/^(?:\{\}|null|~)$/.test(inline)) return
  if (inline && !inline.startsWith('#')) {
    const start = skip(text, colon, BLANKS)
    if (inline.startsWith('{')) redactFlow(text, start, block.end, block.base64, out)
    else out.addFinal(start, block.end)
    return
  }
  let column: number | undefined
  let value: { start: number; end: number; parts: string[] } | undefined
  const flush = (): void => {
    const marker = value && scalar(value.parts, block.base64)
    if (value && marker !== undefined) out.addFinal(value.start, value.end, marker)
  }
  let count = 0
  for (let at = headEnd + 1; at < block.end;) {
    const end = Math.min(lineEnd(text, at), block.end)
    const line = text.slice(at, end)
    const trimmed = line.trim()
    const indent = line.search(/\S/)
    if (trimmed !== '' && !trimmed.startsWith('#')) column ??= indent
    const match = indent >= 0 && indent === column ? entry.exec(line) : null
    if (match) {
      flush()
      const first = (match[4] ?? '').trim()
      const start = first === '' ? end : end - (match[4] ?? '').length
      value = { start, end: start + first.length, parts: [first] }
    } else if (value && trimmed !== '') {
      value.parts.push(trimmed)
      value.end = end
    } else if (trimmed !== '' && !trimmed.startsWith('#')) {
      out.addFinal(at + indent, end)
    }
    at = end + 1
    if (++count % AT_ONCE === 0) yield
  }
  flush()
}

/** The marker for a value: its first line after the colon and its continuation lines; undefined if it stays. */
function scalar(parts: readonly string[], base64: boolean): string | undefined {
  const first = (parts[0] ?? '').replace(/^!!?\w+\s+/, '')
  if (parts.length === 1) {
    const single = /^"([^"\\]*)"$|^'([^']*)'$|^([^"'|>&*{[!].*)$/.exec(first)
    const value = single?.[1] ?? single?.[2] ?? single?.[3]
    if (first === '' || first === '""' || first === "''" || template.test(first)) return undefined
    return value === undefined ? REDACTED : markerFor(value, base64)
  }
  if (parts[0] === '' && parts.length === 2 && template.test(parts[1] ?? '')) return undefined
  // Base64 ignores line breaks, so the size is known for any folding.
  const rest = parts.slice(1).join('')
  const marker = base64 ? markerFor(/^[|>]/.test(first) ? rest : (first + rest).replace(/["']/g, ''), true) : REDACTED
  return parts[0] === '' ? ` ${marker}` : marker
}

/** `{ key: value }` on one or more lines: redacts each value, or everything if it is unreadable. */
function redactFlow(text: string, start: number, end: number, base64: boolean, out: Spans): void {
  const found: { start: number; end: number; marker: string }[] = []
  let at = start + 1
  while (at < end) {
    at = skipBlank(text, at, end)
    if (text[at] === '}') {
      for (const value of found) out.addFinal(value.start, value.end, value.marker)
      return
    }
    const colon = afterKey(text, at, end)
    if (colon === undefined) break
    const from = skipBlank(text, colon, end)
    const quoted = readQuoted(text, from)
    let to = quoted?.after ?? from
    if (!quoted) while (to < end && !/[,}\n]/.test(text[to] ?? '')) to++
    const value = quoted ? text.slice(quoted.start, quoted.end) : text.slice(from, to).trimEnd()
    if (/^[[{|>&*!]/.test(value) || to > end) break
    if (value !== '' && !template.test(value))
      // Quoted, since the marker contains a comma.
      found.push({ start: from, end: quoted ? to : from + value.length, marker: `"${markerFor(value, base64)}"` })
    at = skipBlank(text, to, end)
    if (text[at] === ',') at++
    else if (text[at] !== '}') break
  }
  out.addFinal(start, end)
}

/** The index after a key's colon, or undefined. */
function afterKey(text: string, at: number, end: number): number | undefined {
  const quoted = readQuoted(text, at)
  let to = quoted?.after ?? at
  if (!quoted) while (to < end && /[^:,{}\n]/.test(text[to] ?? ':')) to++
  to = skipBlank(text, to, end)
  return text[to] === ':' ? to + 1 : undefined
}
