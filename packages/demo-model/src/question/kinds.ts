/** The kinds that a question may name, by their words in English and Vietnamese without accents. */

/** Singular, plural, and the words. `release` is Helm's. */
const ROWS = [
  ['pod', 'pods', 'pods?|po'],
  ['deployment', 'deployments', 'deployments?|deploys?|trien khai'],
  ['statefulset', 'statefulsets', 'stateful ?sets?|sts'],
  ['daemonset', 'daemonsets', 'daemon ?sets?|ds'],
  ['replicaset', 'replicasets', 'replica ?sets?|rs'],
  ['service', 'services', 'services?|svc|dich vu'],
  ['endpointslice', 'endpointslices', 'endpoint ?slices?'],
  ['endpoints', 'endpoints', 'endpoints?|ep'],
  ['ingress', 'ingresses', 'ingress(?:es)?|ing'],
  ['networkpolicy', 'networkpolicies', 'network ?polic(?:y|ies)|netpols?'],
  ['configmap', 'configmaps', 'config ?maps?|cms?'],
  ['secret', 'secrets', 'secrets?'],
  ['cronjob', 'cronjobs', 'cron ?jobs?|crons?|cj|job dinh ky|tac vu dinh ky'],
  ['job', 'jobs', 'jobs?|tac vu'],
  [
    'horizontalpodautoscaler',
    'horizontalpodautoscalers',
    'hpas?|horizontal ?pod ?auto-?scal(?:ers?|ing)|auto-?scal(?:ers?|ing)|tu dong (?:co gian|mo rong|scale)',
  ],
  ['persistentvolumeclaim', 'persistentvolumeclaims', 'pvcs?|persistent ?volume ?claims?|(?:volume )?claims?'],
  ['persistentvolume', 'persistentvolumes', 'pvs?|persistent ?volumes?|volumes?'],
  ['storageclass', 'storageclasses', 'storage ?class(?:es)?|sc'],
  ['serviceaccount', 'serviceaccounts', 'service ?accounts?|sa'],
  ['resourcequota', 'resourcequotas', 'resource ?quotas?|quotas?|han muc|han ngach'],
  ['limitrange', 'limitranges', 'limit ?ranges?'],
  ['poddisruptionbudget', 'poddisruptionbudgets', 'pod ?disruption ?budgets?|pdbs?'],
  ['customresourcedefinition', 'customresourcedefinitions', 'crds?|custom ?resource ?definitions?'],
  ['rolebinding', 'rolebindings', 'role ?bindings?'],
  ['clusterrole', 'clusterroles', 'cluster ?roles?'],
  ['node', 'nodes', 'nodes?|no(?= -)|may chu|may worker|workers?'],
  ['event', 'events', 'events?|ev|su kien|warnings?|canh bao'],
  ['release', 'releases', '(?:helm )?releases?|helm(?: charts?)?|charts?'],
  ['namespace', 'namespaces', 'namespaces?|ns|khong gian ten'],
] as const

export type ObjectKind = (typeof ROWS)[number][0]
export type ListKind = (typeof ROWS)[number][1]
export type TopKind = 'pods' | 'nodes'

const BY_KIND = new Map(ROWS.map((row) => [row[0], row] as const))
const BY_PLURAL = new Map(ROWS.map((row) => [row[1], row] as const))

/** A regular expression's alternatives. */
export function wordsOf(kind: ObjectKind): string {
  return BY_KIND.get(kind)?.[2] ?? kind
}

export const KIND_WORDS = ROWS.map(([, , words]) => words).join('|')

export function singular(kind: ListKind): ObjectKind {
  return BY_PLURAL.get(kind)?.[0] ?? 'pod'
}

export function plural(kind: ObjectKind): ListKind {
  return BY_KIND.get(kind)?.[1] ?? 'pods'
}

/** Undefined for a kind that the rules have no words for. */
export function kindNamed(name: string): ObjectKind | undefined {
  return ROWS.find(([one, many]) => one === name.toLowerCase() || many === name.toLowerCase())?.[0]
}

/** Kinds that a question may name only as a place or a subject. */
const PLACES = new Set<ObjectKind>(['namespace', 'release'])

/** The first kind named; a namespace only without another kind, since it also says where. */
export function kindIn(text: string): ObjectKind | undefined {
  const found = ROWS.flatMap(([kind, , words]) => {
    const match = new RegExp(String.raw`(?<![\w./-])(?:${words})(?![\w-])`).exec(text)
    return match ? [{ kind, at: match.index, length: match[0].length }] : []
  })
  const sorted = found.sort((one, other) => one.at - other.at || other.length - one.length)
  return (sorted.find(({ kind }) => !PLACES.has(kind)) ?? sorted.find(({ kind }) => kind === 'release') ?? sorted[0])
    ?.kind
}
