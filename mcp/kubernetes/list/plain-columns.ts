/** Columns for an API that returns a plain list instead of a table: NAME, the CRD's own columns, AGE. */
import { z } from 'zod'
import { formatAge } from '../../../shared/kubernetes/durations'
import { KubeError } from '../errors/errors'
import type { ApiResource, Cluster, KubeObject } from '../types'

interface PlainColumn {
  name: string
  priority: number
  type: string
  /** Field path, e.g. `['status', 'phase']`. */
  path: string[]
}

const crdSchema = z.looseObject({
  spec: z.looseObject({
    versions: z.array(
      z.looseObject({
        name: z.string(),
        additionalPrinterColumns: z
          .array(
            z.looseObject({
              name: z.string(),
              type: z.string(),
              jsonPath: z.string(),
              priority: z.number().optional(),
            }),
          )
          .nullish(),
      }),
    ),
  }),
})

const NAME: PlainColumn = { name: 'NAME', priority: 0, type: 'string', path: ['metadata', 'name'] }
const AGE: PlainColumn = { name: 'AGE', priority: 0, type: 'date', path: ['metadata', 'creationTimestamp'] }

export async function plainColumns(
  cluster: Cluster,
  { plural, group, version }: ApiResource,
  signal: AbortSignal,
): Promise<PlainColumn[]> {
  const own: PlainColumn[] = []
  try {
    const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${plural}.${group}`
    const { spec } = await cluster.client.get(path, { schema: crdSchema, signal })
    for (const column of spec.versions.find((each) => each.name === version)?.additionalPrinterColumns ?? []) {
      const path = simplePath(column.jsonPath)
      if (path) own.push({ name: column.name.toUpperCase(), priority: column.priority ?? 0, type: column.type, path })
    }
  } catch (error) {
    // Without a readable CRD, name and age are still known.
    if (!(error instanceof KubeError) || error.concernsEveryCall) throw error
  }
  return [NAME, ...own.filter(({ name }) => name !== 'AGE'), AGE]
}

export function plainCells(columns: readonly PlainColumn[], object: KubeObject): string[] {
  return columns.map(({ path, type }) => {
    const value = valueAt(object, path)
    if (value === undefined || value === null || value === '') return '<none>'
    if (type === 'date' && typeof value === 'string') return formatAge((Date.now() - Date.parse(value)) / 1000)
    return typeof value === 'string' ? value : JSON.stringify(value)
  })
}

/** `.status.phase`; paths with filters are ignored. */
function simplePath(jsonPath: string): string[] | undefined {
  return /^(\.[A-Za-z0-9_-]+)+$/.test(jsonPath) ? jsonPath.slice(1).split('.') : undefined
}

function valueAt(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, field) => (isRecord(value) ? value[field] : undefined), object)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
