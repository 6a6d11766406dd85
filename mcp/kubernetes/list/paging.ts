/** Reads a list in pages with `continue`; restarts once if the list expires. */
import { z } from 'zod'
import { KubeError } from '../errors/errors'
import type { KubeClient, KubeObject } from '../types'

/** Objects per page: few round trips, but small enough for the API server's memory. */
const PAGE = 1000

/** Maximum objects of a list. */
const MAX_ITEMS = 50_000

const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json'

const metadataSchema = z.looseObject({
  name: z.string().default(''),
  namespace: z.string().optional(),
  uid: z.string().optional(),
  creationTimestamp: z.string().nullish(),
  deletionTimestamp: z.string().nullish(),
})

export const objectSchema = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: metadataSchema.default({ name: '' }),
})

const listMeta = z.looseObject({ continue: z.string().nullish(), remainingItemCount: z.number().nullish() }).nullish()

const columnSchema = z.looseObject({
  name: z.string(),
  type: z.string().default('string'),
  priority: z.number().default(0),
})
const rowSchema = z.object({ cells: z.array(z.unknown()), object: z.unknown() })

/** A Table, or a List from an API without tables. */
const pageSchema = z.looseObject({
  metadata: listMeta,
  columnDefinitions: z.array(columnSchema).nullish(),
  rows: z.array(rowSchema).nullish(),
  items: z.array(z.unknown()).nullish(),
  kind: z.string().optional(),
})

export interface RawColumn {
  name: string
  type: string
  priority: number
}

export interface RawRow {
  /** Absent if the API returned objects instead of a table. */
  cells: unknown[] | undefined
  object: KubeObject
}

export interface RawList {
  /** Absent if the API returned objects instead of a table. */
  columns: RawColumn[] | undefined
  rows: RawRow[]
  /** Set if the list is incomplete; the number of remaining objects if known. */
  cut: { remaining: number | undefined } | undefined
  /** True if the list changed while being read: rows may be missing or duplicated. */
  changed: boolean
}

export interface PagesRequest {
  path: string
  /** Absent: whole objects instead of a table. */
  table?: { objects: 'metadata' | 'full' } | undefined
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
  /** Maximum objects to read. */
  most?: number | undefined
  /** Reduces each object as its page arrives, so that a long list stays small. */
  keep?: ((object: KubeObject) => KubeObject) | undefined
  signal: AbortSignal
}

/** @throws KubeError */
export async function readPages(client: KubeClient, request: PagesRequest): Promise<RawList> {
  let restarted = false
  const list: RawList = { columns: undefined, rows: [], cut: undefined, changed: false }
  const most = Math.min(request.most ?? MAX_ITEMS, MAX_ITEMS)
  for (let token: string | undefined; ;) {
    let page
    try {
      page = await readPage(client, request, Math.min(PAGE, most - list.rows.length), token)
    } catch (error) {
      if (!(error instanceof KubeError) || error.code !== 'expired' || token === undefined) throw error
      // After the second expiry, keeps the items read so far and reports it.
      if (restarted) return { ...list, changed: true, cut: { remaining: undefined } }
      restarted = true
      list.rows = []
      token = undefined
      continue
    }
    list.columns ??= page.columns
    const { keep } = request
    for (const row of page.rows) list.rows.push(keep ? { ...row, object: keep(row.object) } : row)
    token = page.next
    if (!token) return list
    if (list.rows.length >= most) return { ...list, cut: { remaining: page.remaining } }
  }
}

interface Page {
  columns: RawColumn[] | undefined
  rows: RawRow[]
  next: string | undefined
  remaining: number | undefined
}

async function readPage(
  client: KubeClient,
  request: PagesRequest,
  limit: number,
  token: string | undefined,
): Promise<Page> {
  const { path, table, labelSelector, fieldSelector, signal } = request
  const query = {
    limit,
    continue: token,
    labelSelector: labelSelector || undefined,
    fieldSelector: fieldSelector || undefined,
    ...(table && { includeObject: table.objects === 'full' ? 'Object' : 'Metadata' }),
  }
  const page = await client.get(path, { query, ...(table && { accept: TABLE }), schema: pageSchema, signal })
  const next = page.metadata?.continue || undefined
  const remaining = page.metadata?.remainingItemCount ?? undefined
  if (page.kind !== 'Table') {
    const rows = (page.items ?? []).map((item) => ({ cells: undefined, object: toObject(item) }))
    return { columns: undefined, rows, next, remaining }
  }
  const rows = (page.rows ?? []).map(({ cells, object }) => ({ cells, object: toObject(object) }))
  return { columns: page.columnDefinitions ?? undefined, rows, next, remaining }
}

/** Validates the common fields of an object. Drops null timestamps. */
export function toObject(value: unknown): KubeObject {
  const { apiVersion, kind, metadata, ...rest } = objectSchema.parse(value ?? {})
  const { creationTimestamp, deletionTimestamp, ...meta } = metadata
  // In reading order.
  return {
    ...(apiVersion !== undefined && { apiVersion }),
    ...(kind !== undefined && { kind }),
    metadata: {
      ...meta,
      ...(creationTimestamp && { creationTimestamp }),
      ...(deletionTimestamp && { deletionTimestamp }),
    },
    ...rest,
  }
}
