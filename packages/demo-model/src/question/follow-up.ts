/** Resolves what a question takes from the question before: "it", "its logs", "and in payments?". */
import type { Conversation, Focus } from './conversation'
import type { Intent } from './intent'
import { kindIn, KIND_WORDS, plural } from './kinds'
import { looksGenerated, namesIn } from './names'
import { PREVIOUS } from './options'

const CONNECTIVE =
  /^(?:and|what about|how about|what of|same for|the same for|so|but|or|con|the con|vay con|the|con o|va|tuong tu cho|only|chi)\b[\s,]*/
const OF_IT = /\b(?:its|their)\s+/
const ENGLISH_IT = new RegExp(
  String.raw`\b(?:it|them|(?:this|that|the same)(?: (?:one|object|${KIND_WORDS}))?)(?=\W*$|\s+(?:to|by|back|again|in|with|now|please|is|was|has|fail\w*|crash\w*|pending|down|wrong|not|still|yaml|logs?|events?)\b)`,
)
const VIETNAMESE_IT = new RegExp(
  String.raw`\b(?:cai|thang|con|doi tuong) (?:do|nay|kia|ay)\b|(?<!khong )\bno\b|\b(?:${KIND_WORDS}) (?:do|nay|kia|ay|tren)\b`,
)

/** The text with the object's name instead of a pronoun. */
export function withoutPronouns(text: string, { focus }: Conversation, isVietnamese: boolean): string {
  if (!focus) return text
  const object = words(focus)
  if (OF_IT.test(text)) return `${text.replace(OF_IT, '').replace(/[\s?.!]+$/, '')} of ${object}`
  if (ENGLISH_IT.test(text)) return text.replace(ENGLISH_IT, object)
  return isVietnamese ? text.replace(VIETNAMESE_IT, object) : text
}

function words({ kind, name, namespace }: Focus): string {
  return `${kind ?? ''} "${name}"${namespace ? ` in namespace ${namespace}` : ''}`.trim()
}

/** True for a question that continues the one before. */
export function isContinuation(text: string): boolean {
  return CONNECTIVE.test(text)
}

/** The intent of "and in payments?" or "what about the services?"; undefined for a question of its own. */
export function readContinuation(text: string, { known, previous }: Conversation): Intent | undefined {
  if (!CONNECTIVE.test(text) || !previous) return undefined
  const rest = text.replace(CONNECTIVE, '').replace(/\b(?:thi sao|the nao|thi the nao|sao)\b/, ' ')
  if (previous.type === 'logs' && PREVIOUS.test(rest)) return { ...previous, previous: true }
  const { namespace, name, kind: beside } = namesIn(rest, known)
  const kind = kindIn(rest)
  const before = 'namespace' in previous ? previous.namespace : undefined
  if (kind && kind !== 'namespace' && name === undefined && !isTop(previous)) {
    const where = namespace ?? before
    return { type: 'list', kind: plural(kind), ...(where && { namespace: where }) }
  }
  if (name !== undefined)
    return withName(previous, { name, ...(beside && { kind: beside }), ...(namespace && { namespace }) })
  return namespace === undefined ? undefined : withNamespace(previous, namespace, kind === 'node')
}

function isTop({ type }: Intent): boolean {
  return type === 'top'
}

function withName(previous: Intent, { name, namespace, kind }: Focus): Intent | undefined {
  const where = namespace ? { namespace } : {}
  switch (previous.type) {
    case 'object':
      return { ...previous, name, ...(kind && { kind }), namespace: namespace ?? previous.namespace }
    case 'describe':
    case 'logs':
    case 'diagnose': {
      const { namespace: _, ...rest } = previous
      return { ...rest, ...where, pod: { text: name, whole: looksGenerated(name), ...(kind && { kind }) } }
    }
    default:
      return undefined
  }
}

function withNamespace(previous: Intent, namespace: string, isNode: boolean): Intent | undefined {
  switch (previous.type) {
    case 'list':
      return { ...previous, namespace }
    case 'top':
      return { ...previous, kind: isNode ? 'nodes' : 'pods', namespace }
    case 'diagnose':
      return { type: 'diagnose', namespace }
    default:
      return undefined
  }
}
