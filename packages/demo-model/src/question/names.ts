/** Finds names and kinds in a question, which is in lower case without accents. */
import { GENERATED_END } from '#shared/kubernetes/names'

export type TopKind = 'pods' | 'nodes'
export type ListKind = 'pods' | 'deployments' | 'services' | 'nodes' | 'namespaces' | 'events' | 'releases'

const KINDS: [ListKind, RegExp][] = [
  ['pods', /\bpods?\b/],
  ['deployments', /\bdeploy(ment)?s?\b|\btrien khai\b/],
  ['services', /\bservices?\b|\bsvc\b|\bdich vu\b/],
  ['nodes', /\bnodes?\b|\bmay chu\b/],
  ['events', /\bevents?\b|\bsu kien\b/],
  ['releases', /\breleases?\b|\bhelm\b/],
]
const NAMESPACES = /\bnamespaces?\b|\bkhong gian ten\b/

/** A name, in brackets of a regular expression. */
export const NAME = '([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)'
export const QUOTE = '[`"\'“”‘’]?'

/** Words at a name's position that are not names. */
const NO_NAME = new Set(
  `a all an and any are bi cac called chart cluster cm co configmap configmaps crashing crashloopbackoff cronjob broken cua
  cum daemonset dang day describe deploy
  deployment deployments detail details do does down each error errors event events every failed failing first for from gi
  hay he helm hien hong in ingress is it its job khong kubernetes la last list loi log logs me moi moment my name named nao nay node nodes
  not ns namespace namespaces o of on one or pending please pod pods previous release releases replica replicas replicaset running service services show some state
  statefulset
  status tat ten that the there this thuoc toan total trong truoc unhealthy which with xem you your what`.split(/\s+/),
)

const ALL_NAMESPACES =
  /\b(all|every|each) (the )?namespaces?\b|\b(tat ca|moi|toan bo)( cac)? (namespace|khong gian ten)/

// Lookaheads, since a word that is not a name may precede one: "the logs of cart".
const NAMESPACE_PATTERNS = [
  String.raw`(?:^|\s)(?:-n|--namespace)[ =]${QUOTE}${NAME}`,
  String.raw`\b(?:namespace|ns|khong gian ten)\s+${QUOTE}${NAME}`,
  String.raw`\b(?:in|within|from|of|for|the|trong)\s+(?=${QUOTE}${NAME}${QUOTE}\s+(?:namespace|ns)\b)`,
  String.raw`\b(?:in|within|from|trong|o|thuoc)\s+(?=${QUOTE}${NAME})`,
]

const POD_PATTERNS = [
  String.raw`[\`"'“‘]${NAME}[\`"'”’]`,
  String.raw`\b(?:pods?|deployment|service)[/\s]+(?=${QUOTE}${NAME})`,
  String.raw`\b(?:of|for|from|with|named|called|cua|ten|describe|logs?|mo ta|nhat ky|why (?:is|are|does|do)|tai sao|vi sao)\s+(?=(?:the\s+)?${QUOTE}${NAME})`,
]

/** The first kind named; namespaces only without another kind, since they also say where. */
export function kindIn(text: string): ListKind | undefined {
  const found = KINDS.map(([kind, pattern]) => ({ kind, at: text.search(pattern) })).filter(({ at }) => at >= 0)
  const first = found.sort((a, b) => a.at - b.at)[0]
  return first?.kind ?? (NAMESPACES.test(text) ? 'namespaces' : undefined)
}

export function namesIn(text: string): { namespace?: string; pod?: string } {
  const path = firstName(text, [String.raw`(?:^|\s)${QUOTE}${NAME}/[a-z0-9]`])
  const podOfPath = path && firstName(text, [`${escape(path)}/${NAME}`])
  if (path && podOfPath) return { namespace: path, pod: podOfPath }
  const namespace = ALL_NAMESPACES.test(text) ? undefined : firstName(text, NAMESPACE_PATTERNS)
  const generated = text.split(/[^a-z0-9.-]+/).find((word) => looksGenerated(word) && word !== namespace)
  const pod = generated ?? firstName(text, POD_PATTERNS, namespace)
  return { ...(namespace && namespace !== pod && { namespace }), ...(pod && { pod }) }
}

/** Generated suffixes: a number for StatefulSets, otherwise five characters of an alphabet without vowels. */
const GENERATED_NAME = new RegExp(`^[a-z0-9].*(?:-\\d{1,3}|${GENERATED_END})$`)

export function looksGenerated(name: string): boolean {
  return GENERATED_NAME.test(name)
}

/** The first name at a position that the patterns allow: patterns in order, then positions. */
export function firstName(text: string, patterns: string[], except?: string): string | undefined {
  for (const pattern of patterns) {
    for (const match of text.matchAll(new RegExp(pattern, 'g'))) {
      const name = match[1]
      if (name && !NO_NAME.has(name) && !/^\d+$/.test(name) && name !== except) return name
    }
  }
  return undefined
}

function escape(name: string): string {
  return name.replaceAll('.', String.raw`\.`)
}
