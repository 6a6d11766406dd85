/** The words of a change: verb, kind and location. */
import { kindIn, wordsOf, type ObjectKind } from './kinds'
import type { Known } from './known'
import { firstName, NAME, namesIn, QUOTE, withoutPodSuffix } from './names'

/** Polite forms before the verb. */
const BEFORE = String.raw`^(?:please |can you |could you |hay |vui long |giup toi |giup |lam on )*`

/** Matches a question that begins with one of the words. */
export function verb(words: string): RegExp {
  return new RegExp(String.raw`${BEFORE}(?:${words})\b`)
}

/** A name after a word. */
export const THEN = String.raw`[/\s]+(?:the |named |called |ten )?(?=${QUOTE}${NAME})`

/** The first kind named. A namespace also says where, so it counts only directly after the verb. */
export function kindOf(text: string): ObjectKind | undefined {
  const kind = kindIn(text)
  if (kind !== undefined && kind !== 'namespace') return kind
  return NAMESPACE_ITSELF.test(text) ? 'namespace' : undefined
}

const NAMESPACE_VERB = String.raw`${BEFORE}(?:delete|remove|create|add|xoa|go bo|tao|them)`
const NAMESPACE_WORD = '(?:namespace|ns|khong gian ten)'
const NAMESPACE_ITSELF = new RegExp(
  String.raw`${NAMESPACE_VERB} (?:(?:the |a )?${NAMESPACE_WORD}\b|the ${QUOTE}${NAME}${QUOTE} ${NAMESPACE_WORD}\W*$)`,
)

/** The workload whose pods a change concerns: of the kind named, or of the name's usual one. */
export function workloadOf(text: string, known: Known): ObjectKind {
  const kinds = [kindOf(text), known.kindOf(namesIn(text, known).name ?? '')]
  return kinds.find((kind) => kind !== undefined && WORKLOADS.includes(kind)) ?? 'deployment'
}

const WORKLOADS: ObjectKind[] = ['deployment', 'statefulset', 'daemonset', 'replicaset']

export interface Place {
  name: string
  namespace?: string
}

/** The result of `make` for the object's name and namespace; undefined without a name. */
export function named<T>(text: string, kind: ObjectKind, known: Known, make: (place: Place) => T): T | undefined {
  const words = wordsOf(kind)
  const spaced = text.replace(new RegExp(String.raw`\b(${words})/`, 'g'), '$1 ')
  const at = namesIn(spaced, known)
  if (kind === 'namespace') {
    const name = firstName(spaced, [String.raw`\b(?:${words})${THEN}`]) ?? at.namespace
    return name === undefined ? undefined : make({ name })
  }
  const path = new RegExp(String.raw`(?:^|\s)${QUOTE}${NAME}/${NAME}`).exec(spaced)
  if (path?.[1] && path[2]) return make({ namespace: path[1], name: path[2] })
  const verbs =
    'scale|restart|delete|remove|label|annotate|roll ?back|undo|cordon|uncordon|drain|update|change|co gian|mo rong|thu nho|xoa|khoi dong lai|tang|giam|hoan tac|cap nhat|doi'
  const patterns = [words, 'of|cua', verbs].map((before) => String.raw`\b(?:${before})${THEN}`)
  const name = firstName(spaced, patterns, (each) => each === at.namespace) ?? at.name
  if (name === undefined) return undefined
  const own = kind === 'deployment' ? withoutPodSuffix(name) : name
  return make({ name: own, ...(at.namespace && { namespace: at.namespace }) })
}
