/** A runbook: Markdown of the operator, with the findings and kinds that it is for. */
import { parse } from 'yaml'
import { z } from 'zod'
import type { Finding } from '../../../shared/findings'

export interface Runbook {
  title: string
  text: string
  /** Ids of checks or codes of causes. */
  findings: readonly string[]
  /** Kinds of objects; empty: any. */
  kinds: readonly string[]
}

/** A runbook is read in a fold, and the model gets its beginning. In characters. */
const MAX_TEXT = 4000

const words = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === 'string' ? [value] : value))
const headSchema = z.object({
  title: z.string().optional(),
  findings: words.default([]),
  kinds: words.default([]),
})

/**
 * @param name the file's name without its ending: the check that it is for, unless its head names others
 * @returns undefined if its head is not valid
 */
export function parseRunbook(name: string, source: string): Runbook | undefined {
  const [, head = '', body = source] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(source) ?? []
  const parsed = headSchema.safeParse(headOf(head))
  if (!parsed.success) return undefined
  const { title, findings, kinds } = parsed.data
  const text = body.trim().slice(0, MAX_TEXT)
  const heading = /^#\s+(.+)$/m.exec(text)?.[1]
  return {
    title: title ?? heading ?? name,
    text,
    findings: findings.length === 0 && kinds.length === 0 ? [name] : findings,
    kinds,
  }
}

function headOf(head: string): unknown {
  try {
    return parse(head) ?? {}
  } catch {
    return undefined
  }
}

/** The runbook that fits best: by cause, then by check, then by kind; those for the object's kind first. */
export function runbookFor(finding: Finding, runbooks: readonly Runbook[]): Runbook | undefined {
  const scored = runbooks.map((runbook) => ({ runbook, score: scoreOf(finding, runbook) }))
  const best = scored.filter(({ score }) => score > 0).sort((one, other) => other.score - one.score)[0]
  return best?.runbook
}

function scoreOf({ check, cause, object, chain }: Finding, { findings, kinds }: Runbook): number {
  const isOfKind = [object, ...chain.map((each) => each.object)].some(({ kind }) => kinds.includes(kind))
  if (kinds.length > 0 && !isOfKind) return 0
  const kindScore = kinds.length > 0 ? 1 : 0
  if (findings.includes(cause.code)) return 4 + kindScore
  if (findings.includes(check)) return 2 + kindScore
  return findings.length === 0 ? kindScore : 0
}
