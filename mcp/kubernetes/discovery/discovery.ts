/** The API server's kinds, from its discovery: aggregated (1.27 and later), or group by group. */
import { z } from 'zod'
import { KubeError } from '../errors/errors'
import { nearest } from './near'
import { ownSignal, waitFor } from './shared-work'
import type { ApiResource, Discovery, KubeClient } from '../types'

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json'

const words = z.array(z.string()).nullish()

const aggregatedSchema = z.looseObject({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ name: z.string().nullish() }).nullish(),
      versions: z.array(
        z.looseObject({
          version: z.string(),
          freshness: z.string().optional(),
          resources: z
            .array(
              z.looseObject({
                resource: z.string(),
                responseKind: z.looseObject({ kind: z.string() }).nullish(),
                scope: z.string(),
                singularResource: z.string().nullish(),
                shortNames: words,
                verbs: words,
              }),
            )
            .nullish(),
        }),
      ),
    }),
  ),
})

const groupsSchema = z.looseObject({
  groups: z.array(
    z.looseObject({
      name: z.string(),
      versions: z.array(z.looseObject({ version: z.string() })),
      preferredVersion: z.looseObject({ version: z.string() }).nullish(),
    }),
  ),
})

const resourcesSchema = z.looseObject({
  resources: z.array(
    z.looseObject({
      name: z.string(),
      singularName: z.string().nullish(),
      namespaced: z.boolean(),
      kind: z.string(),
      shortNames: words,
      verbs: words,
    }),
  ),
})

/** Result of either form of discovery; a group's first version is the preferred one. */
interface Known {
  resources: ApiResource[]
  unreachable: string[]
}

/** How long a miss is cached before discovery is repeated, in milliseconds. */
const MISS_MS = 2_000

/** Maximum age, since kinds are added and removed. In milliseconds. */
const MAX_AGE_MS = 10 * 60_000

export class CachedDiscovery implements Discovery {
  private known: { at: number; value: Promise<Known> } | undefined

  constructor(
    private readonly client: KubeClient,
    private readonly now: () => number = Date.now,
  ) {}

  async find(name: string, signal: AbortSignal): Promise<{ resource: ApiResource; alsoIn: ApiResource[] }> {
    const wanted = readKindName(name)
    for (const maxAge of [MAX_AGE_MS, MISS_MS]) {
      const { resources } = await this.read(signal, maxAge)
      const [resource, ...alsoIn] = matching(resources, wanted)
      if (resource) return { resource, alsoIn }
    }
    const { resources, unreachable } = await this.read(signal, MAX_AGE_MS)
    throw unknownKind(name, wanted, resources, unreachable)
  }

  async all(signal: AbortSignal): Promise<ApiResource[]> {
    const { resources } = await this.read(signal, MAX_AGE_MS)
    return resources.filter(({ verbs }) => verbs.includes('list'))
  }

  async unreachable(signal: AbortSignal): Promise<string[]> {
    return (await this.read(signal, MISS_MS)).unreachable
  }

  private read(signal: AbortSignal, maxAge: number): Promise<Known> {
    if (this.known && this.now() - this.known.at <= maxAge) return waitFor(this.known.value, signal)
    const value = readDiscovery(this.client, ownSignal())
    this.known = { at: this.now(), value }
    value.catch(() => {
      if (this.known?.value === value) this.known = undefined
    })
    return waitFor(value, signal)
  }
}

async function readDiscovery(client: KubeClient, signal: AbortSignal): Promise<Known> {
  const [core, groups] = await Promise.all(
    ['/api', '/apis'].map((path) => client.get(path, { accept: AGGREGATED, schema: z.unknown(), signal })),
  )
  const both = [aggregatedSchema.safeParse(core), aggregatedSchema.safeParse(groups)]
  const items = both.flatMap((each) => (each.success ? each.data.items : []))
  if (both.every((each) => each.success)) return fromAggregated(items)
  return readGroups(client, groupsSchema.parse(groups), signal)
}

function fromAggregated(items: z.infer<typeof aggregatedSchema>['items']): Known {
  const unreachable: string[] = []
  const resources = items.flatMap(({ metadata, versions }) => {
    const group = metadata?.name ?? ''
    return versions.flatMap(({ version, freshness, resources: listed }) => {
      if (freshness === 'Stale') unreachable.push(`${group}/${version}`)
      return (listed ?? []).map(
        ({ resource, responseKind, scope, singularResource, shortNames, verbs }): ApiResource => ({
          group,
          version,
          kind: responseKind?.kind ?? resource,
          plural: resource,
          singular: singularResource || (responseKind?.kind ?? resource).toLowerCase(),
          shortNames: shortNames ?? [],
          namespaced: scope === 'Namespaced',
          verbs: verbs ?? [],
        }),
      )
    })
  })
  return { resources, unreachable }
}

/** One concurrent request for each group version. An aggregated API that is down only hides its own kinds. */
async function readGroups(
  client: KubeClient,
  { groups }: z.infer<typeof groupsSchema>,
  signal: AbortSignal,
): Promise<Known> {
  const versions = groups.flatMap(({ name, versions: all, preferredVersion }) => {
    const preferred = preferredVersion?.version
    const sorted = [...all].sort(
      (one, other) => Number(other.version === preferred) - Number(one.version === preferred),
    )
    return sorted.map(({ version }) => ({ group: name, version }))
  })
  const unreachable: string[] = []
  const read = async (group: string, version: string): Promise<ApiResource[]> => {
    const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
    try {
      const { resources } = await client.get(path, { schema: resourcesSchema, signal })
      return resources
        .filter(({ name }) => !name.includes('/'))
        .map(({ name, singularName, namespaced, kind, shortNames, verbs }) => ({
          group,
          version,
          kind,
          plural: name,
          singular: singularName || kind.toLowerCase(),
          shortNames: shortNames ?? [],
          namespaced,
          verbs: verbs ?? [],
        }))
    } catch (error) {
      if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
      unreachable.push(`${group}/${version}`)
      return []
    }
  }
  const lists = await Promise.all([read('', 'v1'), ...versions.map(({ group, version }) => read(group, version))])
  return { resources: lists.flat(), unreachable }
}

/** Parts of a kind's name, in lower case. */
interface KindName {
  word: string
  group?: string
  version?: string
}

const VERSION = /^v\d+((alpha|beta)\d+)?$/

/** `pods`, `deployments.apps`, `deployments.v1.apps`, `apps/v1/Deployment`, `v1/Pod`, `traefik.io/v1alpha1, Kind=X`. */
function readKindName(name: string): KindName {
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
function matching(resources: readonly ApiResource[], { word, group, version }: KindName): ApiResource[] {
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

function unknownKind(
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
    return new KubeError('unknown-kind', `There is no ${kind} in ${where}. It exists in ${groups}.`, {
      kind,
      where,
      groups,
    })
  }
  const near = nearest(wanted.word, [...new Set(resources.flatMap(({ plural, kind }) => [plural, kind.toLowerCase()]))])
  const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : ''
  const down =
    unreachable.length > 0 ? ` These APIs do not answer now, their kinds are not known: ${unreachable.join(', ')}.` : ''
  return new KubeError('unknown-kind', `This cluster has no kind ${name}.${hint}${down}`, {
    kind: name,
    near: near.join(', '),
  })
}
