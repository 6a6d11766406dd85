/** A question to the demo, and the first calls that answer it. */
import { builtInKindNamed } from '#shared/kubernetes/built-in-kinds'
import type { Call } from '../converse'

export interface Question {
  ask: string
  /** Questions asked before, in the same conversation. */
  after?: string[]
  /** One of these calls is the right first call. */
  first: Call[]
}

export function call(name: string, args: Record<string, unknown> = {}): Call {
  return { name, arguments: args }
}

/** Arguments that only narrow, order or shorten a result. */
const OPTIONAL = new Set(['limit', 'since', 'sortBy', 'countBy', 'allNamespaces', 'fieldSelector'])

/** A call without differences in wording: kinds by one name, defaults left out. */
function plain({ name, arguments: args }: Call, expected: Call): string {
  const kept = Object.entries(args).flatMap(([key, value]) => {
    if (OPTIONAL.has(key) && !(key in expected.arguments)) return []
    // A log's target may be named with or without its kind.
    if (name === 'kubectl_logs' && key === 'resource') return []
    if (key === 'resource') return [[key, builtInKindNamed(String(value))?.plural ?? String(value)]]
    return [[key, value]]
  })
  return JSON.stringify([name, Object.fromEntries(kept.sort(([a], [b]) => String(a).localeCompare(String(b))))])
}

export function isRight({ first }: Question, made: Call | undefined): boolean {
  return made !== undefined && first.some((expected) => plain(made, expected) === plain(expected, expected))
}
