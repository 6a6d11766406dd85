/** Hides credentials in a chart's values: by key, by shape, and every repetition of a value found by its key. */
import { MASK } from '../kubernetes/mask'
import { isDescribingKey, isSensitiveKey } from '../../shared/redact/key'

/** Shorter values are words such as `true` and `admin`; masking them everywhere would destroy the text. */
const SHORTEST_REPEATED = 6

type Add = (secret: string) => void

/**
 * Replaces credentials in values of any shape.
 * @param secrets from secretsIn() over all values of the release
 */
export function maskValues(value: unknown, secrets: readonly string[]): unknown {
  return walk(value, { sensitive: false, text: (text) => maskText(text, secrets), add: () => undefined })
}

/** Values under a credential's key, longest first. */
export function secretsIn(...values: unknown[]): string[] {
  const found = new Set<string>()
  const add = (secret: string): void => {
    for (const part of [secret, ...secret.split('\n')].map((each) => each.trim())) {
      if (part.length >= SHORTEST_REPEATED) found.add(part)
    }
  }
  for (const value of values) walk(value, { sensitive: false, text: (text) => maskAssignments(text, add), add })
  return [...found].sort((a, b) => b.length - a.length)
}

/** Masks these credentials, their base64, and credentials that the text's own syntax reveals. */
export function maskText(text: string, secrets: readonly string[]): string {
  const plain = secrets.reduce((rest, secret) => rest.replaceAll(secret, MASK), text)
  const decoded = plain.replace(base64Run, (run) => (hides(run, secrets) ? MASK : run))
  return maskAssignments(decoded, () => undefined)
    .replace(pemBlock, MASK)
    .replace(jwt, MASK)
    .replace(userInfo, `$1${MASK}@`)
}

const base64Run = /[A-Za-z0-9+/_-]{8,}={0,2}/g
const pemBlock = /-----BEGIN [A-Z ]{1,40}-----[\s\S]*?(?:-----END [A-Z ]{1,40}-----|$)/g
const jwt = /\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g
const userInfo = /(:\/\/[^\s:/?#@]{0,200}:)[^\s/?#@]{1,500}@/g
const assignment = /([\w.-]{1,100})(["']?\s{0,8}[:=]\s{0,8})("[^"\n]*"|'[^'\n]*'|[^\s"',;&}]+)/g

/** True if base64 holds a secret, a private key, or nested base64 that does. */
function hides(run: string, secrets: readonly string[], depth = 0): boolean {
  const decoded = Buffer.from(run, 'base64').toString('latin1')
  if (decoded.includes('-----BEGIN ')) return true
  if (secrets.some((secret) => decoded.includes(Buffer.from(secret).toString('latin1')))) return true
  return depth < 2 && (decoded.match(base64Run) ?? []).some((inner) => hides(inner, secrets, depth + 1))
}

/** Matches `password=x`, `"token": "x"`, `db.pwd: x` in an embedded file or an argument. */
function maskAssignments(text: string, add: Add): string {
  return text.replace(assignment, (whole, key: string, sign: string, value: string) => {
    const bare = value.replace(/^["']|["']$/g, '')
    if (!isSensitiveKey(key) || isHarmless(bare)) return whole
    add(bare)
    return `${key}${sign}${MASK}`
  })
}

/** True for empty values, placeholders and references such as `$(DB_PASSWORD)` and `{{ .Values.x }}`. */
function isHarmless(value: string): boolean {
  return /^(?:|null|none|true|false|<[^>]*>|\$\{[^}]*\}|\$\([^)]*\)|\{\{.*|valueFrom|secretKeyRef|\||>)-?$/i.test(
    value.trim(),
  )
}

interface Walk {
  /** True below a credential's key. */
  sensitive: boolean
  text: (text: string) => string
  add: Add
}

function walk(value: unknown, how: Walk): unknown {
  if (typeof value === 'string') return how.sensitive ? hide(value, how.add) : how.text(value)
  if (typeof value === 'number' || typeof value === 'bigint')
    return how.sensitive ? hide(String(value), how.add) : value
  if (Array.isArray(value)) return walkArray(value, how)
  return isRecord(value) ? walkObject(value, how) : value
}

function hide(value: string, add: Add): string {
  if (isHarmless(value)) return value
  add(value)
  return MASK
}

/** In an argument list, `--password` is followed by its value. */
function walkArray(items: unknown[], how: Walk): unknown[] {
  return items.map((item, index) => {
    const before: unknown = items[index - 1]
    const flag = typeof before === 'string' && /^--?[\w-]{1,100}$/.test(before) && isSensitiveKey(before)
    return walk(item, flag ? { ...how, sensitive: true } : how)
  })
}

function walkObject(value: Record<string, unknown>, how: Walk): Record<string, unknown> {
  // An entry of `env`, or a Secret among a chart's extra objects.
  const named = typeof value.name === 'string' && isSensitiveKey(value.name)
  const secret = value.kind === 'Secret'
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const tells = isSensitiveKey(key) || (named && key === 'value') || (secret && /^(?:data|stringData)$/.test(key))
    // Below `secret:`, the Secret's name, type and create flag stay readable.
    const sensitive = tells || (how.sensitive && !isDescribingKey(key) && key !== 'key')
    return [key, walk(inner, { ...how, sensitive })]
  })
  return Object.fromEntries(entries)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
