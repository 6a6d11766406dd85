/** Redacts PEM blocks (RFC 7468): keys and certificates, whole, cut off, or with their line breaks escaped. */
import { REDACTED } from './marker'
import { charSet, skip, skipBlank } from './scan'
import { Splice } from './splice'

const BEGIN = '-----BEGIN '
const END = '-----END '
const label = /-----(?:BEGIN|END) [A-Z0-9 ]{1,64}-----/y
/** A longer distance between BEGIN and END is no block: two cut ones, or a log that names both. */
const longest = 64 * 1024
/** A line of base64 has 64 characters, some writers' 76. */
const longestLine = 256
const base64 = charSet(/[A-Za-z0-9+/=]/)

export function redactPem(text: string): string {
  if (!text.includes('-----')) return text
  const out = new Splice(text)
  let begin = text.indexOf(BEGIN)
  let end = text.indexOf(END)
  while (begin >= 0 || end >= 0) {
    if (begin < 0 || (end >= 0 && end < begin)) {
      out.replace(base64Before(text, end, out.position), end, REDACTED)
      end = text.indexOf(END, end + END.length)
      continue
    }
    const from = afterLabel(text, begin) ?? begin + BEGIN.length
    const nextBegin = text.indexOf(BEGIN, from)
    const closed = end >= 0 && (nextBegin < 0 || end < nextBegin) && end - from < longest
    if (closed) {
      if (text.slice(from, end).trim() !== REDACTED) out.replace(from, end, REDACTED)
      end = text.indexOf(END, end + END.length)
    } else {
      const cut = afterBase64Lines(text, from)
      if (cut > from) out.replace(from, cut, REDACTED)
    }
    begin = nextBegin
  }
  return out.toString()
}

function afterLabel(text: string, at: number): number | undefined {
  label.lastIndex = at
  return label.test(text) ? label.lastIndex : undefined
}

/** The end of the lines of base64 after a BEGIN whose END is missing. */
function afterBase64Lines(text: string, at: number): number {
  let end = at
  for (;;) {
    const start = skipBlank(text, end)
    const next = skip(text, start, base64)
    if (next - start < 16) return end
    end = next
  }
}

/** Where the lines of base64 right above an END without a BEGIN start: a log's tail can begin inside a key. */
function base64Before(text: string, end: number, floor: number): number {
  let start = end
  let lineEnd = end
  while (lineEnd > floor) {
    const window = Math.max(floor, lineEnd - longestLine)
    const newline = text.slice(window, lineEnd).lastIndexOf('\n')
    if (newline < 0 && window > floor) break
    const lineStart = window + newline + 1
    const line = text.slice(lineStart, lineEnd).trim()
    if (!/^[A-Za-z0-9+/=]*$/.test(line) || (line.length < 16 && start !== end)) break
    if (line) start = lineStart
    lineEnd = lineStart - 1
  }
  return start
}
