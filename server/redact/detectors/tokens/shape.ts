import type { Detector } from '../../detector'
import { charSet, skip, skipBack } from '../../text/chars'
import type { CharSet } from '../../text/chars'
import shapes from './shapes.json'

/** The letters of `<class:from-to>` in shapes.json. */
const CLASSES: Readonly<Record<string, CharSet>> = {
  n: charSet(/\d/),
  h: charSet(/[0-9a-f]/),
  H: charSet(/[0-9A-Fa-f]/),
  l: charSet(/[a-z0-9]/),
  U: charSet(/[A-Z0-9]/),
  w: charSet(/[A-Za-z0-9]/),
  b: charSet(/[A-Za-z0-9_-]/),
  B: charSet(/[A-Za-z0-9+/=_-]/),
  t: charSet(/[A-Za-z0-9_.~-]/),
  c: charSet(/[bcdfghjklmnpqrstvwxz2-9]/),
}
const wordChar = charSet(/[A-Za-z0-9]/)

type Part = string | { set: CharSet; from: number; to: number }

interface Shape {
  /** The part before the literal. */
  before: Part[]
  literal: string
  rest: Part[]
  /** Requires a capital, since a lower-case object name could match. */
  capital: boolean
  /** Requires a digit, since the name of a class or function could match. */
  digit: boolean
  /** Requires both ends of a word, since a part of such a name could match. */
  whole: boolean
}

function parse(source: string): Shape {
  const marks = /^[!#=]*/.exec(source)?.[0] ?? ''
  const parts = source
    .slice(marks.length)
    .split(/(<\w:\d+(?:-\d+)?>)/)
    .filter((part) => part !== '')
    .map((part): Part => {
      const [, name = '', from = '', to = from] = /^<(\w):(\d+)(?:-(\d+))?>$/.exec(part) ?? []
      const set = CLASSES[name]
      return set ? { set, from: Number(from), to: Number(to) } : part
    })
  const lengths = parts.map((part) => (typeof part === 'string' ? part.length : 0))
  const at = lengths.indexOf(Math.max(...lengths))
  const literal = parts[at]
  if (typeof literal !== 'string') throw new Error(`shapes.json: ${source} has no literal`)
  const asks = { capital: marks.includes('!'), digit: marks.includes('#'), whole: marks.includes('=') }
  return { before: parts.slice(0, at), literal, rest: parts.slice(at + 1), ...asks }
}

const byLiteral = new Map<string, Shape[]>()
for (const source of Object.values(shapes.shapes).flat()) {
  const shape = parse(source)
  const key = shape.literal.toLowerCase()
  byLiteral.set(key, [...(byLiteral.get(key) ?? []), shape])
}

/** All shapes of shapes.json, for a test that generates a sample of each. */
export const SHAPE_SOURCES: readonly string[] = Object.values(shapes.shapes).flat()

/** Tokens with their provider's prefix or mark: the formats are data, in shapes.json. */
export const shape: Detector = {
  name: 'shape',
  trigger: { kind: 'words', words: [...byLiteral.keys()] },
  redact(text, hit, out) {
    const candidates = byLiteral.get(hit.word) ?? []
    for (const candidate of candidates) {
      const found = match(text, hit.start, candidate)
      if (!found) continue
      out.add(found.start, found.end)
      return found.end
    }
    return hit.end
  },
  samples: {
    gone: [
      ['VAULT s.iyNUhq8Ov4hIAx6snw5mB2nL', 's.iyNUhq8Ov4hIAx6snw5mB2nL'],
      ['lookup s.iyNUhq8Ov4hIAx6snw5mB2nL.Qf1s4', 's.iyNUhq8Ov4hIAx6snw5mB2nL'],
      [
        'Cloning https://x-access-token:ghp_OozJEjJpAhhvaL5CikUJCqHEfHGfXbOwSNc7@github.com/a',
        'ghp_OozJEjJpAhhvaL5CikUJCqHEfHGfXbOwSNc7',
      ],
      [
        'brevo 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',
        '1RlZDOV8nS2Y14aL',
      ],
      ['mailchimp b2549ecdbde9bb167161c232a7a4b33b-us12', 'b2549ecdbde9bb167161c232a7a4b33b'],
    ],
    kept: [
      'task-live-view sk-a-very-long-name-of-a-deployment',
      'hf_model_loader',
      'npm_config_cache=/x',
      'dapim gho_st akia',
      'WARN 1 --- [nio-8080-exec-3] .w.s.m.s.DefaultHandlerExceptionResolver : Resolved [x]',
      'INFO 1 --- [main] .s.s.UserDetailsServiceAutoConfiguration',
      'INFO 1 --- [main] s.UserDetails2AutoConfigure',
      'at s.handleIncomingMessageFromQueueWorker (app.js:1:2)',
      'at s.handleIncomingMessageOfX (app.js:1:2); at s.handleIncomingMessageOf2Queues (app.js:1:2)',
      're_export_all_public_Names_of_modules live_Preview_of_the_dashboard_of_the_cluster_x',
      'pa-internal-gateway-of-the-Payment-service-of-shop cioControllerInterfaceOptionsOfOrders',
      'fw_InternalConfigurationManager sk-InternalConfigurationManagerOfTheCluster',
    ],
  },
}

function match(
  text: string,
  at: number,
  { before, literal, rest, capital, digit, whole }: Shape,
): { start: number; end: number } | undefined {
  if (!text.startsWith(literal, at)) return undefined
  let start = at
  for (const part of [...before].reverse()) {
    if (typeof part === 'string') {
      if (!text.startsWith(part, start - part.length)) return undefined
      start -= part.length
      continue
    }
    const from = skipBack(text, start, part.set, Math.max(0, start - part.to))
    if (start - from < part.from) return undefined
    start = from
  }
  // Must not begin inside a word, except after an escape such as `\nghp_…`.
  const isEscape = text[start - 2] === '\\' && /[nrt]/.test(text[start - 1] ?? '')
  if (start > 0 && wordChar[text.charCodeAt(start - 1)] === 1 && wordChar[text.charCodeAt(start)] === 1 && !isEscape)
    return undefined
  let end = at + literal.length
  for (const part of rest) {
    if (typeof part === 'string') {
      if (!text.startsWith(part, end)) return undefined
      end += part.length
      continue
    }
    const to = skip(text, end, part.set, end + part.to)
    if (to - end < part.from) return undefined
    end = to
  }
  if (capital && !/[A-Z]/.test(text.slice(at + literal.length, end))) return undefined
  if (digit && !/\d/.test(text.slice(at + literal.length, end))) return undefined
  if (whole && ((!isEscape && /[\w.$-]/.test(text[start - 1] ?? '')) || /[\w-]/.test(text[end] ?? ''))) return undefined
  return { start, end }
}
