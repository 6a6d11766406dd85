import type { Detector } from '../../detector'
import type { Spans } from '../../spans'
import { BLANKS, skip, skipBlank } from '../../text/chars'
import type { KeyAt } from '../../text/key-at'
import { columnAtLineStart, lineEnd } from '../../text/lines'
import { readQuoted } from '../../text/quoted'
import { nextLineAt } from '../../text/value'
import { wordAt } from '../../text/words'
import { isHarmless } from '../../values/harmless'
import { isTaken, isTakenBelow } from '../../values/taken'
import { atNames } from './named'

/** Maximum fields of a block, and maximum distance. */
const MOST_FIELDS = 24
const FARTHEST = 4096
/** Of a placeholder in brackets, `[FILTERED]`. */
const LONGEST_PLACEHOLDER = 64

/**
 * A block or list under a name: `"root_password":{"value":"x"}`, `tokens { master = "x" }`, a schema's `default: x`.
 */
export const nested: Detector = {
  name: 'nested',
  trigger: { kind: 'key', places: ['block', 'bare'] },
  redact: atNames((text, key, out) => {
    const brace = opening(text, key)
    if (brace !== undefined)
      return text.charCodeAt(brace) === 91 ? list(text, key, brace + 1, out) : fields(text, key, brace + 1, out)
    const next = key.separator?.kind === 'colon' ? nextLineAt(text, key.separator.end) : undefined
    const column = next === undefined ? -1 : columnAtLineStart(text, key.start)
    return next === undefined || column < 0 ? key.end : deeper(text, key, next, column, out)
  }),
  samples: {
    gone: [
      ['{"root_password":{"value":"hYRmKgThzw9N1u","type":"string"}}', 'hYRmKgThzw9N1u'],
      ['{"root_password":{"type":"string","sensitive":true,"value":"hunter2"}}', 'hunter2'],
      ['tokens {\n  master = "93977414c450626cdb19173a6eb3dd103e56"\n}', '93977414c450626cdb19173a6eb3dd103e56'],
      ['variable "db_password" {\n  type    = string\n  default = "hunter2"\n}', 'hunter2'],
      ['password:\n  type: string\n  default: Yw1qf20JjQNcMI\n', 'Yw1qf20JjQNcMI'],
      ['tokens:\n  master: 93977414c450626cdb19173a6eb3dd103e56\n', '93977414c450626cdb19173a6eb3dd103e56'],
      ['"passwords": ["hunter2", "letmein"]', 'hunter2', 'letmein'],
      [
        '"passwords": ["hunter2", "a long list of words", "that goes on for so long", "letmein"]',
        'hunter2',
        'a long list of words',
        'letmein',
      ],
      ['headers map[Password:[GISSwI3EsSwUyZ] X:[y]]', 'GISSwI3EsSwUyZ'],
    ],
    kept: [
      'password:\n  type: string\n  minLength: 12\n  format: password',
      '{"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}}',
      'secret:\n  create: true\n  name: my-app-v2-secret\n',
      'resources: ["secrets","serviceaccounts/token"]',
      'auth: {enabled: true, existingSecret: redis-2024}',
      'token {\n}',
      'password: [FILTERED]\napiKeys=[REDACTED BY POLICY] tokens: []',
    ],
  },
}

/** Index of the brace or bracket that opens after the name, with or without a sign. */
function opening(text: string, key: KeyAt): number | undefined {
  const at = key.separator
    ? key.separator.end
    : skip(text, /["']/.test(text[key.end] ?? '') ? key.end + 1 : key.end, BLANKS, key.end + 16)
  const code = text.charCodeAt(at)
  return code === 123 || (code === 91 && key.separator) ? at : undefined
}

/** The items up to the closing bracket; other detectors handle lists of objects. */
function list(text: string, key: KeyAt, from: number, out: Spans): number {
  const near = text.slice(from - 1, from + LONGEST_PLACEHOLDER)
  const close = near.indexOf(']') + 1
  if (close > 0 && isHarmless(near.slice(0, close))) return key.end
  let at = from
  for (let count = 0; count < MOST_FIELDS * 4 && at - from < FARTHEST; count++) {
    at = skipBlank(text, at, from + FARTHEST)
    if (/[\]{[]/.test(text[at] ?? ']')) return at
    const quoted = readQuoted(text, at)
    const start = quoted?.start ?? at
    const end = quoted?.end ?? at + wordAt(text, at).length
    if (isTaken(key.name, key.promise, text.slice(start, end), 'strong')) out.add(start, end)
    const after = quoted?.after ?? end
    at = skipBlank(text, after, after + 64)
    if (text[at] === ',') at++
    else if (at === after || text[at] === ']') return Math.max(at, key.end)
  }
  return at
}

const field = /\\*["']?([\p{L}\p{M}\p{N}_.$-]{1,80})\\*["']?[ \t]{0,16}(?:=>?|:)[ \t]{0,32}/uy

/** The fields of a block in braces, up to the first nested block. */
function fields(text: string, key: KeyAt, from: number, out: Spans): number {
  let at = from
  for (let count = 0; count < MOST_FIELDS && at - from < FARTHEST; count++) {
    at = skipBlank(text, at, from + FARTHEST)
    field.lastIndex = at
    const name = field.exec(text)?.[1]
    if (name === undefined) break
    const start = field.lastIndex
    if (/[{[\n]/.test(text[start] ?? '\n')) return Math.max(at, key.end)
    at = one(text, key, name, start, out)
    at = skipBlank(text, at, at + 512)
    if (/[,;]/.test(text[at] ?? '')) at++
    else if (text[at] === '}') break
  }
  return Math.max(at, key.end)
}

/** Redacts a field's value; returns its end. */
function one(text: string, key: KeyAt, name: string, start: number, out: Spans): number {
  const quoted = readQuoted(text, start)
  const from = quoted?.start ?? start
  const end = quoted?.end ?? start + wordAt(text, start).length
  if (isTakenBelow(key.promise, name, text.slice(from, end))) out.add(from, end)
  return quoted?.after ?? Math.max(end, start + 1)
}

/** The fields of a YAML block: all deeper lines. */
function deeper(text: string, key: KeyAt, from: number, column: number, out: Spans): number {
  const depth = skip(text, from, BLANKS, from + 256) - from
  if (depth <= column) return key.end
  let at = from
  for (let count = 0; count < MOST_FIELDS && at < text.length; count++) {
    const content = skip(text, at, BLANKS, at + 256)
    if (content - at !== depth) break
    field.lastIndex = content
    const name = field.exec(text)?.[1]
    if (name === undefined) break
    const start = field.lastIndex
    if (text.charCodeAt(start) === 10 || start >= text.length) return Math.max(at, key.end)
    one(text, key, name, start, out)
    at = lineEnd(text, content) + 1
  }
  return Math.max(at - 1, key.end)
}
