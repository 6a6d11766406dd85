/** A kind as the API serves it: its names, how to list it, its columns and the fields it can be selected by. */
import type { KindNames } from '#shared/kubernetes/api'
import { builtInKind, type BuiltInKind } from '#shared/kubernetes/built-in-kinds'
import { ageColumn, nameColumn, type Cell, type Column } from '../print/columns'
import { anyObject } from '../schemas/common'
import type { Snapshot } from '../snapshot'
import type { KubeObject, LabelSelector, StringMap } from '../types'
import { plainWriter, type Remover, type Writer } from './writer'

/** One object with what the API has to know of it beside its JSON. */
export interface Entry {
  object: KubeObject
  cells: (now: number) => Cell[]
  /** The value of each field label that the kind supports. */
  fields: StringMap
  /** Pods that have ended are marked in a Table. */
  ended?: 'Succeeded' | 'Failed'
  scale?: { replicas: number; current: number; selector: LabelSelector }
}

export interface Resource extends KindNames {
  categories: string[]
  columns: Omit<Column<never>, 'cell'>[]
  /** Field labels that a field selector may use. */
  fieldLabels: string[]
  subresources: string[]
  entries: (snapshot: Snapshot) => Entry[]
  /** Absent where clients cannot create or change the kind. */
  writer?: Writer
  /** Absent where clients cannot delete it. */
  remove?: Remover
}

export interface ResourceInput<T extends KubeObject> {
  names: KindNames
  /** Listed by `kubectl get all`. */
  inAll?: boolean
  subresources?: string[]
  list: (snapshot: Snapshot) => T[]
  columns: Column<T>[]
  fields?: Record<string, (object: T) => string | number | undefined>
  ended?: (object: T) => Entry['ended']
  scale?: (object: T) => Entry['scale']
  /** What goes over the wire, where that is not the object itself. */
  convert?: (object: T) => KubeObject
  writer?: Writer
  remove?: Remover
}

export function defineResource<T extends KubeObject>(input: ResourceInput<T>): Resource {
  const { names, columns } = input
  const fields: NonNullable<ResourceInput<T>['fields']> = {
    'metadata.name': (object) => object.metadata.name,
    ...(names.namespaced && { 'metadata.namespace': (object: T) => object.metadata.namespace }),
    ...input.fields,
  }
  return {
    ...names,
    categories: input.inAll ? ['all'] : [],
    columns: columns.map(({ name, type, format, priority }) => ({ name, type, format, priority })),
    fieldLabels: Object.keys(fields),
    subresources: [...(input.subresources ?? []), ...(input.scale ? ['scale'] : [])],
    writer: input.writer,
    remove: input.remove,
    entries: (snapshot) =>
      input.list(snapshot).map((object) => ({
        object: input.convert ? input.convert(object) : object,
        cells: (now) => columns.map((column) => column.cell(object, now)),
        fields: Object.fromEntries(Object.entries(fields).map(([label, read]) => [label, String(read(object) ?? '')])),
        ended: input.ended?.(object),
        scale: input.scale?.(object),
      })),
  }
}

/**
 * A kind that the demo cluster knows and has none of, so that a question for it is answered "none" and not "unknown". What
 * clients create of it is kept, and nothing follows from it.
 */
export function emptyResource(kind: BuiltInKind, inAll = false): Resource {
  const names = builtInKind(kind)
  const { plural } = names
  return defineResource<KubeObject>({
    names,
    inAll,
    list: ({ state }) => state.other(plural).over([]),
    columns: [nameColumn, ageColumn],
    writer: plainWriter(anyObject, (state) => state.other(plural)),
    remove: ({ state }, object) => state.other(plural).remove(object),
  })
}
