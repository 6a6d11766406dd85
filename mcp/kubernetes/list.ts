/** Reads of objects and lists, in the scope that was asked for or, if that is not allowed, in what is; coverage tells which. */
import type { Coverage } from '../../shared/result'
import type { ApiResource, Cluster, KubeObject } from './types'

export interface ListRequest {
  resource: ApiResource
  /** Absent with `allNamespaces` false: the context's namespace, or `default`. Ignored for kinds outside namespaces. */
  namespace?: string | undefined
  allNamespaces?: boolean | undefined
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
  signal: AbortSignal
}

export interface TableColumn {
  /** In capitals, as kubectl prints it. */
  name: string
  /** 0: always shown; above: with `-o wide` alone. */
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
 * The API's own table of a kind. Row objects hold metadata alone unless `objects` is `full`.
 * @throws KubeError `missing-namespace` with near names; `forbidden` if nothing may be read
 */
export declare function listTable(
  cluster: Cluster,
  request: ListRequest & { objects: 'metadata' | 'full' },
): Promise<TableList>

/** The objects themselves. @throws as listTable */
export declare function listObjects(cluster: Cluster, request: ListRequest): Promise<ObjectList>

/**
 * One object.
 * @throws KubeError `not-found` with the nearest names of that kind in that namespace; `missing-namespace`; `forbidden`
 */
export declare function getObject(
  cluster: Cluster,
  request: { resource: ApiResource; namespace?: string | undefined; name: string; signal: AbortSignal },
): Promise<KubeObject>
