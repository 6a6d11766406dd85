import type { Detector } from '../../detector'
import { charSet } from '../../text/chars'
import { lineEnd, lineStart } from '../../text/lines'
import { changes, isEncodedText } from '../../values/generated'

/** A key's lines have 64 characters of base64 (some writers use 76, OpenSSH 70). */
const SHORTEST = 60
const LONGEST = 78
/** Minimum lines of a block. */
const LEAST_LINES = 3
const before = /^(?:[ \t>|]{0,64}|\d{4}-\d\d-\d\dT\S{1,40} (?:std(?:out|err) [FP] )?|\S{1,80} )["']?$/
const base64 = charSet(/[A-Za-z0-9+/]/)

/** Consecutive base64 lines without BEGIN and END: the middle of a key in a log, PuTTY's keys. */
export const keyLines: Detector = {
  name: 'key lines',
  trigger: { kind: 'run', length: SHORTEST },
  redact(text, { start, end }, out) {
    const lines: { start: number; end: number }[] = []
    let from = start
    let to = end
    let prefix: number | undefined
    for (;;) {
      const begin = lineStart(text, from)
      if (begin === undefined) break
      const lead = from - begin
      if (to - from < SHORTEST || to - from > LONGEST || lead > 100 || !before.test(text.slice(begin, from))) break
      if (prefix !== undefined && prefix !== lead) break
      prefix = lead
      lines.push({ start: from, end: to })
      const newline = lineEnd(text, to)
      if (newline - to > 3 || newline >= text.length) break
      from = newline + 1 + lead
      to = from
      while (to < text.length && to - from <= LONGEST && base64[text.charCodeAt(to)] === 1) to++
    }
    const last = lines.at(-1)
    if (!last || lines.length < LEAST_LINES || isHarmlessBlock(text, lines)) return last?.end ?? end
    for (const line of lines) out.add(line.start, line.end)
    // The last line of a block may be short.
    if (to > last.end && to - from >= 4 && /[\s="']/.test(text[to] ?? '\n')) out.add(from, to)
    return Math.max(to, last.end)
  },
  samples: {
    gone: [
      [
        `2026-11-29T10:00:00Z o62w/2rDQqknFG2MWiQrNI8TR1z5NMcTP5SedT+kr5IjUaOWPa2DbGrCycJh88x6\n2026-11-29T10:00:01Z 8tSr9KJqsiM4IzDmG+9KUtA9cUgn8MkHC3MGdgQ7PDYTHWyFlrTARGsH9T1lUqrG\n2026-11-29T10:00:02Z beAL1uqY+I3b2Z2mFQ46BJLOBEZpQLOJznFny5dlc+CaRjVNr7C3s5ML26Xd7+/T`,
        'o62w/2rDQqknFG2MWiQrNI8TR1z5NMcTP5SedT+kr5IjUaOWPa2DbGrCycJh88x6',
        'beAL1uqY+I3b2Z2mFQ46BJLOBEZpQLOJznFny5dlc+CaRjVNr7C3s5ML26Xd7+/T',
      ],
    ],
    kept: [
      `-----BEGIN CERTIFICATE-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7aBcDeFgHiJkL\n'.repeat(4)}-----END CERTIFICATE-----`,
      `${'0123456789abcdef'.repeat(4)}\n${'fedcba9876543210'.repeat(4)}\n${'00112233445566778899aabbccddeeff'.repeat(2)}\n`,
    ],
  },
}

/** A certificate, a text, a table of digests, or an image. */
function isHarmlessBlock(text: string, lines: readonly { start: number; end: number }[]): boolean {
  const first = text.slice(lines[0]?.start, lines[0]?.end)
  if (/^[0-9a-f]+$/i.test(first) || changes(first) < first.length / 4) return true
  const above = text.slice(Math.max(0, (lines[0]?.start ?? 0) - 200), lines[0]?.start)
  if (/-----BEGIN [A-Z0-9 ]*(?:CERTIFICATE|PUBLIC KEY|PARAMETERS|CRL|REQUEST)[A-Z0-9 ]*-----[^-]*$/.test(above))
    return true
  // A certificate in DER, an image, gzip, PDF, ZIP, a font.
  return /^(?:MII[C-H]|iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|JVBERi|UEsDB|d09G|AAEAAAA)/.test(first) || isEncodedText(first)
}
