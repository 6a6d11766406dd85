/** Finds a kind by any of the names that people and models write. */
import { didYouMean } from '../did-you-mean'
import { both, msg } from '../../../shared/messages/create'
import { KubeError } from '../errors/errors'
import type { ApiResource } from '../types'
import { nearest } from './near'

/** Parts of a kind's name, in lower case. */
interface KindName {
  word: string
  group?: string
  version?: string
}

const VERSION = /^v\d+((alpha|beta)\d+)?$/

/** `pods`, `deployments.apps`, `deployments.v1.apps`, `apps/v1/Deployment`, `v1/Pod`, `traefik.io/v1alpha1, Kind=X`. */
export function readKindName(name: string): KindName {
  const text = name
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/,?\s*kind=/, '/')
  const parts = text.split('/').filter(Boolean)
  if (parts.length >= 2) {
    const word = parts.at(-1) ?? ''
    const before = parts.slice(0, -1)
    const version = before.find((part) => VERSION.test(part))
    const group = before.find((part) => !VERSION.test(part))
    return { word, ...(group !== undefined && { group }), ...(version !== undefined && { version }) }
  }
  const [word = '', ...rest] = text.split('.')
  const version = rest[0] !== undefined && VERSION.test(rest[0]) ? rest.shift() : undefined
  const group = rest.join('.')
  return { word, ...(version !== undefined && { version }), ...(group && { group }) }
}

/** Resources that match the name, one for each group, in the API server's order of preference. */
export function matching(resources: readonly ApiResource[], { word, group, version }: KindName): ApiResource[] {
  const words = spellings(word)
  const named = resources.filter(
    (each) =>
      (group === undefined || each.group === group || each.group.startsWith(`${group}.`)) &&
      (words.has(each.plural) ||
        words.has(each.singular) ||
        words.has(each.kind.toLowerCase()) ||
        each.shortNames.some((short) => words.has(short))),
  )
  // A given group must match. A nonexistent version is ignored, since the kind is unambiguous.
  const exact = version === undefined ? named : named.filter((each) => each.version === version)
  const usable = exact.length > 0 ? exact : group !== undefined || version === undefined ? named : []
  const byGroup = new Map<string, ApiResource>()
  for (const each of [...usable].sort(byFit(words))) if (!byGroup.has(each.group)) byGroup.set(each.group, each)
  const found = [...byGroup.values()]
  // `v1` for a kind of a single group: a guessed version, but the kind is clear.
  if (found.length > 0 || version === undefined) return found
  const groups = new Set(named.map((each) => each.group))
  return groups.size === 1 ? named.slice(0, 1) : []
}

/** Full names before short names, listable before others, the core group and built-in groups first. */
function byFit(words: ReadonlySet<string>): (one: ApiResource, other: ApiResource) => number {
  const score = (each: ApiResource) =>
    (words.has(each.plural) || words.has(each.kind.toLowerCase()) ? 0 : 4) +
    (each.verbs.includes('list') ? 0 : 2) +
    // Events exist in two groups; groups outside the dot-free and *.k8s.io ones are custom.
    (each.group === '' || each.group === 'apps' ? 0 : 1)
  return (one, other) => score(one) - score(other)
}

/** Wrong plurals as models write them: `ingresss`, `networkpolicys`, `podes`. */
function spellings(word: string): Set<string> {
  const forms = [word]
  if (word.endsWith('s')) forms.push(word.slice(0, -1))
  if (word.endsWith('es')) forms.push(word.slice(0, -2))
  if (word.endsWith('ies')) forms.push(`${word.slice(0, -3)}y`)
  if (word.endsWith('ys')) forms.push(`${word.slice(0, -2)}y`)
  if (word.endsWith('list')) forms.push(word.slice(0, -4))
  return new Set(forms.map((form) => form.replace(/[\s_-]/g, '')))
}

export function unknownKind(
  name: string,
  wanted: KindName,
  resources: readonly ApiResource[],
  unreachable: string[],
): KubeError {
  const elsewhere = matching(resources, { word: wanted.word })
  if (elsewhere.length > 0) {
    const groups = elsewhere.map(({ group, version }) => (group ? `${group}/${version}` : version)).join(', ')
    const where = [wanted.group, wanted.version].filter(Boolean).join('/')
    const kind = elsewhere[0]?.kind ?? name
    return new KubeError('unknown-kind', msg('kind-in-other-groups', { kind, where, groups }))
  }
  const near = nearest(wanted.word, [...new Set(resources.flatMap(({ plural, kind }) => [plural, kind.toLowerCase()]))])
  const down = unreachable.length > 0 ? msg('apis-unreachable', { apis: unreachable.join(', ') }) : undefined
  const detail = both(both(msg('kind-unknown', { name }), didYouMean(near)), down)
  return new KubeError('unknown-kind', detail, { kind: name, near: near.join(', ') })
}
