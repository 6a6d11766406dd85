/** Finds the object and the namespace that a question names. The question is in lower case without accents. */
import { GENERATED_END } from '#shared/kubernetes/names'
import { kindIn, KIND_WORDS, type ObjectKind } from './kinds'
import type { Known } from './known'
import { isNoName } from './no-names'

/** A name, in brackets of a regular expression. */
export const NAME = '([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)'
export const QUOTE = '[`"\'“‘”’]?'

const ALL_NAMESPACES =
  /\b(all|every|each|any) (the )?namespaces?\b|\b(tat ca|moi|toan bo)( cac)? (namespace|khong gian ten)|(?:^|\s)(?:-a|--all-namespaces)(?=\s|$)/

/** The words at the start of a place. Lookaheads, since a word that is not a name may precede one. */
const EXPLICIT_PLACES = [
  String.raw`(?:^|\s)(?:-n|--namespace)[ =]?${QUOTE}${NAME}`,
  String.raw`\b(?:namespace|ns|khong gian ten)\s+${QUOTE}${NAME}`,
  String.raw`\b(?:in|within|from|of|for|the|trong|o)\s+(?=${QUOTE}${NAME}${QUOTE}\s+(?:namespace|ns)\b)`,
]
const PLACES = [String.raw`\b(?:in|within|inside|from|trong|ben trong|o|thuoc)\s+(?=(?:the\s+)?${QUOTE}${NAME})`]

const KIND_AND_NAME = String.raw`(?<![\w.-])(?:${KIND_WORDS})(?:/|\s+)(?:named |called |ten (?:la )?)?(?=${QUOTE}${NAME})`
const NAME_AND_KIND = String.raw`\b(?:the|of|for|restart|describe|cua|cho)\s+(?=${QUOTE}${NAME}${QUOTE}\s+(?:${KIND_WORDS})(?![\w-]))`
const QUOTED = String.raw`[\`"'“‘]${NAME}[\`"'”’]`
const OF = String.raw`\b(?:of|for|from|with|named|called|about|cua|ten|cho)\s+(?=(?:the\s+)?${QUOTE}${NAME})`
const AFTER_VERB = String.raw`\b(?:describe|logs?|mo ta|nhat ky|why (?:is|are|does|do)|tai sao|vi sao|is|does|did)\s+(?=(?:the\s+)?${QUOTE}${NAME})`
const SUBJECT = String.raw`^(?:the )?(?=${NAME} (?:keeps?|is|isn't|are|won't|can't|cannot|does|doesn't|has|was|bi|cu|khong)\b)`
/** A name in the usual style of Kubernetes; written out or hyphenated words of a language are shorter or known. */
const HYPHENATED = String.raw`(?<![\w./=:-])(?=([a-z][a-z0-9]*(?:-[a-z0-9]+)+)(?![\w./=:]))`

export interface Names {
  namespace?: string
  name?: string
  /** Only if the question names it beside the name. */
  kind?: ObjectKind
}

export function namesIn(text: string, known: Known): Names {
  const pair = pathIn(text)
  if (pair) return { ...(pair.kind && placeIn(text, known)), ...pair }
  const where = placeIn(text, known)
  const { namespace } = where
  const rest = withoutPlace(text, namespace)
  const found = nameIn(rest, known, namespace)
  return { ...where, ...found }
}

/** `deploy/web` or `shop/web`. */
function pathIn(text: string): Names | undefined {
  const ofKind = new RegExp(String.raw`(?<![\w./-])(${KIND_WORDS})/${NAME}`).exec(text)
  const kind = ofKind?.[1] === undefined ? undefined : kindIn(ofKind[1])
  if (kind && ofKind?.[2]) return { kind, name: ofKind[2] }
  const path = new RegExp(String.raw`(?:^|\s)${QUOTE}${NAME}/${NAME}(?!/)`).exec(text)
  if (!path?.[1] || !path[2] || isNoName(path[1])) return undefined
  return { namespace: path[1], name: path[2] }
}

function placeIn(text: string, known: Known): { namespace?: string } {
  if (ALL_NAMESPACES.test(text)) return {}
  const explicit = firstName(text, EXPLICIT_PLACES)
  const place = explicit ?? firstName(text, PLACES, (name) => known.isObject(name) && !known.isNamespace(name))
  const namespace = place ?? tokens(text).find((word) => known.isNamespace(word) && !isNoName(word))
  return namespace === undefined || looksGenerated(namespace) ? {} : { namespace }
}

function withoutPlace(text: string, namespace: string | undefined): string {
  if (namespace === undefined) return text
  const name = namespace.replaceAll('.', String.raw`\.`)
  const words = String.raw`(?:(?:-n|--namespace)[ =]?|(?:\b(?:in|within|inside|from|trong|ben trong|o|thuoc)\s+)?(?:the\s+)?(?:(?:namespace|ns|khong gian ten)\s+)?)`
  return text.replace(
    new RegExp(String.raw`${words}${QUOTE}(?<![\w.-])${name}(?![\w.-])${QUOTE}(?:\s+(?:namespace|ns)\b)?`),
    ' ',
  )
}

function nameIn(text: string, known: Known, namespace: string | undefined): Names {
  const isWrong = (name: string) => name === namespace
  const generated = tokens(text).find((word) => looksGenerated(word) && !known.has(word, 'node') && !isWrong(word))
  const isUnknown = (name: string) => isWrong(name) || !known.isObject(name)
  const patterns = [KIND_AND_NAME, NAME_AND_KIND]
  const beside = firstName(text, patterns, isUnknown) ?? firstName(text, patterns, isWrong)
  if (beside !== undefined && (generated === undefined || generated === beside)) {
    const kind = kindBeside(text, beside)
    return { name: beside, ...(kind && { kind }) }
  }
  const seen = tokens(text).find((word) => known.isObject(word) && !isNoName(word) && !isWrong(word))
  const name =
    generated ??
    firstName(text, [QUOTED], isWrong) ??
    seen ??
    firstName(text, [OF, AFTER_VERB, SUBJECT, HYPHENATED], isWrong)
  return name === undefined ? {} : { name }
}

/** The kind directly before or after a name. */
function kindBeside(text: string, name: string): ObjectKind | undefined {
  const escaped = name.replaceAll('.', String.raw`\.`)
  const kinds = String.raw`(?:${KIND_WORDS})`
  const before = new RegExp(
    String.raw`(?<![\w.-])(${kinds})(?:/|\s+)(?:named |called |ten (?:la )?)?${QUOTE}${escaped}(?![\w-])`,
  ).exec(text)
  const after = new RegExp(String.raw`(?<![\w.-])${escaped}${QUOTE}\s+(${kinds})(?![\w-])`).exec(text)
  const words = before?.[1] ?? after?.[1]
  return words === undefined ? undefined : kindIn(words)
}

function tokens(text: string): string[] {
  return text.split(/[^a-z0-9.-]+/).map((word) => word.replace(/^[.-]+|[.-]+$/g, ''))
}

/** Generated suffixes: a number for StatefulSets, otherwise five characters of an alphabet without vowels. */
const GENERATED_NAME = new RegExp(`^[a-z0-9].*(?:-\\d{1,3}|${GENERATED_END})$`)

export function looksGenerated(name: string): boolean {
  return GENERATED_NAME.test(name)
}

const GENERATED_BY_DEPLOYMENT = new RegExp(`-[a-z0-9]{6,10}${GENERATED_END}$`)

/** The Deployment of a pod; other names stay. */
export function withoutPodSuffix(name: string): string {
  return name.replace(GENERATED_BY_DEPLOYMENT, '')
}

/** The first name at a position that the patterns allow: patterns in order, then positions. */
export function firstName(
  text: string,
  patterns: string[],
  isWrong: (name: string) => boolean = () => false,
): string | undefined {
  for (const pattern of patterns) {
    for (const match of text.matchAll(new RegExp(pattern, 'g'))) {
      const name = match[1]
      if (name && !isNoName(name) && !/^\d+$/.test(name) && !isWrong(name)) return name
    }
  }
  return undefined
}
