/**
 * The secrets in a call's arguments, so that its answer does not repeat them: in a chart's notes, or an admission
 * webhook's message.
 */
import { parseAllDocuments } from 'yaml'
import { REDACTED } from '../marker'
import { redactValue } from './redact-value'

/** Shorter values are words such as `true` and `root`, which would be removed from every answer. */
const shortest = 6
/** A longer manifest is too slow for the YAML parser; the detectors still redact the answer by shape. */
const longestManifest = 128 * 1024

/** The credentials in a call's arguments, also in a manifest, plain and in base64; longest first. */
export function secretsOf(args: Record<string, unknown>): string[] {
  const found = new Set<string>()
  const add = (secret: string): void => {
    const trimmed = secret.trim()
    if (trimmed.length < shortest) return
    found.add(trimmed)
    for (const line of trimmed.split('\n')) if (line.trim().length >= shortest) found.add(line.trim())
    const base64 = Buffer.from(secret).toString('base64')
    found.add(base64).add(base64.replace(/=+$/, ''))
  }
  redactValue(args, add)
  for (const manifest of Object.values(args).filter(isManifest)) redactValue(documents(manifest), add)
  return [...found].sort((a, b) => b.length - a.length)
}

export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text)
}

function isManifest(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestManifest && /\bkind["']?[ \t]*:/.test(value)
}

function documents(manifest: string): unknown {
  try {
    const parsed = parseAllDocuments(manifest)
    return 'empty' in parsed ? [] : parsed.map((document): unknown => document.toJS({ maxAliasCount: 100 }))
  } catch {
    return []
  }
}
