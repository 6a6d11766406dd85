/** Kinds of resources in the spellings that kubectl, an API path and a manifest have for them. */
import { BUILT_IN_KINDS } from './built-in-kinds'

const SHORT_NAMES = new Map(
  BUILT_IN_KINDS.flatMap(({ singular: name, shortNames }) =>
    shortNames.map((short) => [short, singular(name)] as const),
  ),
)

/** Kinds outside of any namespace. */
const CLUSTER_SCOPED = new Set(
  BUILT_IN_KINDS.filter(({ namespaced }) => !namespaced).map(({ singular: name }) => singular(name)),
)

/** Objects that are credentials, or whose creation hands one out. */
const CREDENTIALS = new Set(['secret', 'tokenrequest', 'tokenreview', 'certificatesigningrequest'])

/** The kind in the singular and in lower case, without its group: `Deployments.apps` → `deployment`, `po` → `pod`. */
export function canonicalKind(kind: string): string {
  const word = kind.normalize('NFKC').trim().toLowerCase().split('.')[0] ?? ''
  const list = word.length > 4 && word.endsWith('list') ? word.slice(0, -4) : word
  return SHORT_NAMES.get(list) ?? singular(list)
}

function singular(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh|us)es$/.test(word)) return word.slice(0, -2)
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word
}

/** The kinds that an argument names: `pods,secrets.v1.` → `pod`, `secret`; `secret/gateway` → `secret`, `gateway`. */
export function kindsIn(argument: string): string[] {
  return argument
    .split(/[\s,/]+/)
    .filter(Boolean)
    .map(canonicalKind)
}

export function isSecret(canonical: string): boolean {
  return canonical === 'secret'
}

/** True where making, changing or deleting such an object is not offered at all. */
export function isCredential(canonical: string): boolean {
  return CREDENTIALS.has(canonical)
}

export function isClusterScoped(canonical: string): boolean {
  return CLUSTER_SCOPED.has(canonical)
}
