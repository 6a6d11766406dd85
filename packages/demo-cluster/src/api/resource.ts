/** A kind served by the API: names, list function, columns and selectable fields. */
import type { KindNames } from '#shared/kubernetes/api'
import { builtInKind, type BuiltInKind } from '#shared/kubernetes/built-in-kinds'
import { ageColumn, nameColumn, type Cell, type Column } from '../print/columns'
import { anyObject } from '../schemas/common'
import type { Snapshot } from '../snapshot'
import type { KubeObject, LabelSelector, StringMap } from '../types'
import { plainWriter, type Remover, type Writer } from './writer'

/** An object and additional data for the API. */
export interface Entry {
  object: KubeObject
  cells: (now: number) => Cell[]
  /** Values of the kind's supported field labels. */
  fields: StringMap
  /** Marks terminated pods in a Table. */
  ended?: 'Succeeded' | 'Failed'
  scale?: { replicas: number; current: number; selector: LabelSelector }
}

export interface Resource extends KindNames {
  categories: string[]
  columns: Omit<Column<never>, 'cell'>[]
  fieldLabels: string[]
  subresources: string[]
  entries: (snapshot: Snapshot) => Entry[]
  /** Absent if clients cannot create or change the kind. */
  writer?: Writer
  /** Absent if clients cannot delete it. */
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
  /** Converts to the served form, if different. */
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
 * A supported kind without initial objects, so that questions get "none" instead of "unknown". Objects that clients
 * create are stored but have no effects.
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
