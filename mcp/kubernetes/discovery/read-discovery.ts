/** Reads the API server's discovery: aggregated (1.27 and later), or group by group. */
import { z } from 'zod'
import { KubeError } from '../errors/errors'
import type { ApiResource, KubeClient } from '../types'

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
export interface KnownKinds {
  resources: ApiResource[]
  unreachable: string[]
}

export async function readDiscovery(client: KubeClient, signal: AbortSignal): Promise<KnownKinds> {
  const [core, groups] = await Promise.all(
    ['/api', '/apis'].map((path) => client.get(path, { accept: AGGREGATED, schema: z.unknown(), signal })),
  )
  const both = [aggregatedSchema.safeParse(core), aggregatedSchema.safeParse(groups)]
  const items = both.flatMap((each) => (each.success ? each.data.items : []))
  if (both.every((each) => each.success)) return fromAggregated(items)
  return readGroups(client, groupsSchema.parse(groups), signal)
}

function fromAggregated(items: z.infer<typeof aggregatedSchema>['items']): KnownKinds {
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
): Promise<KnownKinds> {
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
