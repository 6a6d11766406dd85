/** Reads tables and lists of objects in the requested scope; coverage describes the part that was read. */
import { apiVersionOf } from '../../../shared/kubernetes/api'
import type { Coverage } from '../../../shared/result'
import type { Cluster, KubeObject } from '../types'
import type { RawColumn, RawRow } from './paging'
import { plainCells, plainColumns } from './plain-columns'
import { readScope } from './scope'
import type { ListRequest } from './scope'

export interface TableColumn {
  /** In capitals, as kubectl prints it. */
  name: string
  /** 0: always shown; higher: only with `-o wide`. */
  priority: number
  type: string
}

export interface TableRow {
  cells: string[]
  object: KubeObject
}

export interface TableList {
  columns: TableColumn[]
  rows: TableRow[]
  coverage: Coverage
}

export interface ObjectList {
  items: KubeObject[]
  coverage: Coverage
}

/**
 * The API's own table of a kind. Row objects hold only metadata unless `objects` is `full`.
 * @throws KubeError `missing-namespace` with similar names; `forbidden` if nothing is readable
 */
export async function listTable(
  cluster: Cluster,
  request: ListRequest & { objects: 'metadata' | 'full' },
): Promise<TableList> {
  const { parts, coverage } = await readScope(cluster, request, { objects: request.objects })
  const [first] = parts
  const columns = first?.columns
  if (columns) return { columns: columns.map(toColumn), rows: parts.flatMap((part) => part.rows).map(toRow), coverage }
  const plain = await plainColumns(cluster, request.resource, request.signal)
  const rows = parts.flatMap((part) => part.rows).map(({ object }) => ({ cells: plainCells(plain, object), object }))
  return { columns: plain.map(({ name, priority, type }) => ({ name, priority, type })), rows, coverage }
}

/**
 * The objects themselves.
 * @throws KubeError as listTable
 */
export async function listObjects(cluster: Cluster, request: ListRequest): Promise<ObjectList> {
  const { parts, coverage } = await readScope(cluster, request, undefined)
  const { resource } = request
  const apiVersion = apiVersionOf(resource)
  // List items lack apiVersion and kind.
  const items = parts.flatMap((part) => part.rows).map(({ object }) => ({ apiVersion, kind: resource.kind, ...object }))
  return { items, coverage }
}

function toColumn({ name, priority, type }: RawColumn): TableColumn {
  return { name: name.toUpperCase(), priority, type }
}

function toRow({ cells, object }: RawRow): TableRow {
  return { cells: (cells ?? []).map(cellText), object }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '<none>'
  return typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value)
}
