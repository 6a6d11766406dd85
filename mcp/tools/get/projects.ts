/** Rancher's projects: groups of namespaces. Each namespace carries its project's id. */
import { z } from 'zod'
import { KubeError } from '../../kubernetes/errors/errors'
import type { TableList } from '../../kubernetes/list/list'
import type { ApiResource, Cluster, KubeObject } from '../../kubernetes/types'

const PROJECT = 'field.cattle.io/projectId'

const projectsSchema = z.looseObject({
  items: z
    .array(
      z.looseObject({
        metadata: z.looseObject({ name: z.string() }),
        spec: z.looseObject({ displayName: z.string().optional() }).optional(),
      }),
    )
    .nullish(),
})

/** Adds projects to a list of namespaces, if the cluster has any. */
export async function withProjects(
  table: TableList,
  { group, plural }: ApiResource,
  cluster: Cluster,
  signal: AbortSignal,
): Promise<TableList> {
  if (group !== '' || plural !== 'namespaces') return table
  const ids = table.rows.map(({ object }) => projectOf(object))
  if (ids.every((id) => id === undefined)) return table
  const names = await projectNames(cluster, signal)
  return {
    ...table,
    columns: [...table.columns, { name: 'PROJECT', priority: 0, type: 'string' }],
    rows: table.rows.map((row, at) => ({ ...row, cells: [...row.cells, label(ids[at], names)] })),
  }
}

function label(id: string | undefined, names: ReadonlyMap<string, string>): string {
  if (id === undefined) return '<none>'
  const name = names.get(id)
  return name === undefined ? id : `${name} (${id})`
}

/** `p-abcde` from the label, or from the annotation `c-m-xyz:p-abcde`. */
function projectOf({ metadata }: KubeObject): string | undefined {
  const id = metadata.labels?.[PROJECT] ?? metadata.annotations?.[PROJECT]
  return id?.split(':').at(-1) || undefined
}

/** Only Rancher's own cluster stores project names; other clusters have only ids. */
async function projectNames({ client }: Cluster, signal: AbortSignal): Promise<Map<string, string>> {
  try {
    const { items } = await client.get('/apis/management.cattle.io/v3/projects', { schema: projectsSchema, signal })
    return new Map(
      (items ?? []).flatMap(({ metadata, spec }): [string, string][] =>
        spec?.displayName ? [[metadata.name, spec.displayName]] : [],
      ),
    )
  } catch (error) {
    if (error instanceof KubeError && !error.concernsEveryCall) return new Map()
    throw error
  }
}
