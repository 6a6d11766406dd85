/** The API's descriptions of its kinds: OpenAPI v3, one document for each group version. */
import { msg } from '../../../shared/messages/create'
import { z } from 'zod'
import { KubeError } from '../errors/errors'
import { apiVersionOf } from '../../../shared/kubernetes/api'
import type { ApiResource, KubeClient } from '../types'

/** The parts of a schema that are shown to users. */
export interface FieldSchema {
  description?: string | undefined
  type?: string | undefined
  format?: string | undefined
  enum?: unknown[] | undefined
  default?: unknown
  required?: string[] | undefined
  $ref?: string | undefined
  allOf?: FieldSchema[] | undefined
  items?: FieldSchema | undefined
  properties?: Record<string, FieldSchema> | undefined
  additionalProperties?: FieldSchema | boolean | undefined
  'x-kubernetes-group-version-kind'?: { group: string; version: string; kind: string }[] | undefined
  'x-kubernetes-int-or-string'?: boolean | undefined
}

const fieldSchema: z.ZodType<FieldSchema> = z.lazy(() =>
  z.object({
    description: z.string().optional(),
    type: z.string().optional(),
    format: z.string().optional(),
    enum: z.array(z.unknown()).optional(),
    default: z.unknown().optional(),
    required: z.array(z.string()).optional(),
    $ref: z.string().optional(),
    allOf: z.array(fieldSchema).optional(),
    items: fieldSchema.optional(),
    properties: z.record(z.string(), fieldSchema).optional(),
    additionalProperties: z.union([z.boolean(), fieldSchema]).optional(),
    'x-kubernetes-group-version-kind': z
      .array(z.object({ group: z.string(), version: z.string(), kind: z.string() }))
      .optional(),
    'x-kubernetes-int-or-string': z.boolean().optional(),
  }),
)

// Skips `paths`: they are most of a document and describe no field.
const documentSchema = z.object({
  components: z.object({ schemas: z.record(z.string(), fieldSchema).optional() }).optional(),
})
const indexSchema = z.object({ paths: z.record(z.string(), z.unknown()) })

export type Schemas = Record<string, FieldSchema>

/** Cached documents for each cluster: the core one has about 1 MB of schemas. */
const MAX_DOCUMENTS = 4

/** Custom kinds change. In milliseconds. */
const MAX_AGE_MS = 10 * 60_000

interface Kept {
  at: number
  schemas: Promise<Schemas>
}

const kept = new WeakMap<KubeClient, Map<string, Kept>>()

/**
 * The schemas of a kind's group version, cached for some minutes.
 * @throws KubeError `not-available` if the API server does not describe the group version
 */
export function readSchemas(client: KubeClient, resource: ApiResource, signal: AbortSignal): Promise<Schemas> {
  const documents = kept.get(client) ?? new Map<string, Kept>()
  kept.set(client, documents)
  const path = documentPath(resource)
  const found = documents.get(path)
  documents.delete(path)
  const entry =
    found && Date.now() - found.at < MAX_AGE_MS
      ? found
      : { at: Date.now(), schemas: readDocument(client, path, signal) }
  // Keeps the most recently used last.
  documents.set(path, entry)
  for (const oldest of [...documents.keys()].slice(0, -MAX_DOCUMENTS)) documents.delete(oldest)
  entry.schemas.catch(() => {
    if (documents.get(path) === entry) documents.delete(path)
  })
  return entry.schemas
}

function documentPath({ group, version }: ApiResource): string {
  return group === '' ? `api/${version}` : `apis/${group}/${version}`
}

async function readDocument(client: KubeClient, path: string, signal: AbortSignal): Promise<Schemas> {
  try {
    const { components } = await client.get(`/openapi/v3/${path}`, { schema: documentSchema, signal })
    return components?.schemas ?? {}
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== 'not-found') throw error
    throw await notDescribed(client, path, signal)
  }
}

/** The index distinguishes a server without OpenAPI v3 (before 1.24) from a missing group version. */
async function notDescribed(client: KubeClient, path: string, signal: AbortSignal): Promise<KubeError> {
  try {
    await client.get('/openapi/v3', { schema: indexSchema, signal })
    return new KubeError('not-available', msg('fields-not-described', { what: path }), { path })
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== 'not-found') throw error
    return new KubeError('not-available', msg('no-openapi'))
  }
}

/** The schema of the kind itself; undefined if the document has none. */
export function rootSchema(schemas: Schemas, resource: ApiResource): FieldSchema | undefined {
  return Object.values(schemas).find((schema) =>
    schema['x-kubernetes-group-version-kind']?.some(
      (gvk) => gvk.kind === resource.kind && apiVersionOf(gvk) === apiVersionOf(resource),
    ),
  )
}

/** Follows a schema's references; its own description wins. */
export function resolve(schemas: Schemas, schema: FieldSchema): FieldSchema {
  let resolved: FieldSchema = schema
  for (let depth = 0; depth < 8; depth++) {
    const { $ref, allOf, ...own } = resolved
    const [only] = allOf ?? []
    const next = $ref !== undefined ? schemas[$ref.split('/').at(-1) ?? ''] : only
    if (!next) return own
    resolved = { ...next, ...own, description: own.description || next.description }
  }
  return resolved
}

/** The last part of a reference's name, such as `PodSpec`; undefined without a reference. */
export function typeName(schema: FieldSchema): string | undefined {
  return (schema.$ref ?? schema.allOf?.[0]?.$ref)?.split('.').at(-1)
}
