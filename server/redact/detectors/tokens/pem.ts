import type { Detector } from '../../detector'
import { REDACTED } from '../../marker'
import { charSet, skip, skipBlank } from '../../text/chars'
import { LastRead } from '../../text/last-read'

const END = '-----END '
const label = /-----(BEGIN|END) ([A-Z0-9 ]{1,64})-----/y
/** Public blocks; a certificate contains no private key. */
const isPublic = /\b(?:CERTIFICATE|PUBLIC KEY|PARAMETERS|CRL|REQUEST)\b/
/** Beyond this distance, BEGIN and END belong to two cut blocks, or to a log that mentions both. */
const LONGEST = 64 * 1024
/** A base64 line has 64 characters, for some writers 76. */
const LONGEST_LINE = 256
const MOST_LINES_BACK = 400
const base64 = charSet(/[A-Za-z0-9+/=]/)

/** PEM blocks of keys (RFC 7468): whole, cut at either end, or with escaped line breaks. Public ones stay. */
export const pem: Detector = {
  name: 'pem',
  trigger: { kind: 'words', words: ['-----begin ', '-----end '] },
  redact(text, { start, end }, out) {
    label.lastIndex = start
    const found = label.exec(text)
    if (found && isPublic.test(found[2] ?? '') && !/PRIVATE/.test(found[2] ?? '')) {
      if (found[1] === 'BEGIN') out.keptUntil = endOfPublic(text, label.lastIndex)
      return Math.max(label.lastIndex, out.keptUntil)
    }
    if (text[start + 5] === 'E' || text[start + 5] === 'e') {
      const from = base64Before(text, start)
      out.add(from, start)
      return label.lastIndex || end
    }
    const from = found ? label.lastIndex : end
    const close = markerAfter(text, from)
    if (close >= 0 && text.startsWith('-----END', from + close)) {
      if (text.slice(from, from + close).trim() !== REDACTED) out.add(from, from + close)
      return from + close + 9
    }
    const cut = afterBase64Lines(text, from, close < 0 ? text.length : from + close)
    out.add(from, cut)
    // No END was found up to here.
    return close < 0 ? Math.max(cut, from) : from + close
  },
  samples: {
    gone: [
      [
        '-----BEGIN PRIVATE KEY-----\nMIIEhunter2AAAAAAAAAAAAAAAA\n-----END PRIVATE KEY-----',
        'MIIEhunter2AAAAAAAAAAAAAAAA',
      ],
      [
        '-----BEGIN RSA PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nnext line',
        'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC',
      ],
      ['b2s2MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----', 'b2s2MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'],
      ['"k":"-----BEGIN EC PRIVATE KEY-----\\nMHcCAQEEIBhunter2\\n-----END EC PRIVATE KEY-----"', 'MHcCAQEEIBhunter2'],
    ],
    kept: [
      '-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END CERTIFICATE-----',
      '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOC\n-----END PUBLIC KEY-----',
      '-----\nName\n---------- -----',
    ],
  },
}

const marker = /-----(?:END|BEGIN) /
const MARKER_CHARS = '-----BEGIN '.length
/** A part without a marker: many BEGINs without END search it once. */
const lastBare = new LastRead<{ from: number; to: number }>()

/** How far the next marker is, or -1. */
function markerAfter(text: string, from: number): number {
  const bare = lastBare.of(text)
  const known = bare && from >= bare.from && from <= bare.to ? bare : undefined
  const begin = known?.to ?? from
  const end = from + LONGEST
  const found = text.slice(begin, end).search(marker)
  if (found >= 0) return begin + found - from
  lastBare.keep(text, {
    from: known?.from ?? from,
    to: Math.max(begin, Math.min(end, text.length) - MARKER_CHARS),
  })
  return -1
}

/** Where the base64 of a public block ends, if an END closes it; 0 otherwise. */
function endOfPublic(text: string, at: number): number {
  const end = afterBase64Lines(text, at, at + LONGEST, 1)
  return text.startsWith(END, skipBlank(text, end, end + 64)) ? end : 0
}

/** The end of the base64 lines after a BEGIN without END. */
function afterBase64Lines(text: string, at: number, limit: number, shortest = 16): number {
  let end = at
  for (;;) {
    const start = skipBlank(text, end, limit)
    const next = skip(text, start, base64, limit)
    if (next - start < shortest) return end
    end = next
  }
}

/** The start of the base64 lines before an END without BEGIN: a log's tail may begin inside a key. */
function base64Before(text: string, end: number): number {
  let start = end
  let stop = end
  for (let count = 0; count < MOST_LINES_BACK && stop > 0; count++) {
    const window = Math.max(0, stop - LONGEST_LINE)
    const newline = text.slice(window, stop).lastIndexOf('\n')
    if (newline < 0 && window > 0) break
    const from = window + newline + 1
    const line = text.slice(from, stop).trim()
    if (!/^[A-Za-z0-9+/=]*$/.test(line) || (line.length < 16 && start !== end)) break
    if (line) start = from
    stop = from - 1
  }
  return start
}
