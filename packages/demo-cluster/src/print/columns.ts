/** Table columns and shared cells. Follows pkg/printers/internalversion of Kubernetes 1.33. */
import type { Container, KubeObject, LabelSelector, StringMap } from '../types'
import { formatAge } from '#shared/kubernetes/durations'

export type Cell = string | number

export interface Column<T> {
  name: string
  type: 'string' | 'integer' | 'boolean'
  format: '' | 'name'
  /** 0 is always shown, 1 only with `-o wide`. */
  priority: 0 | 1
  cell: (object: T, now: number) => Cell
}

export function column<T>(name: string, cell: Column<T>['cell'], type: Column<T>['type'] = 'string'): Column<T> {
  return { name, type, format: '', priority: 0, cell }
}

/** A column that is shown only with `-o wide`. */
export function wide<T>(name: string, cell: Column<T>['cell']): Column<T> {
  return { name, type: 'string', format: '', priority: 1, cell }
}

export const nameColumn: Column<KubeObject> = {
  name: 'Name',
  type: 'string',
  format: 'name',
  priority: 0,
  cell: (object) => object.metadata.name,
}

export const ageColumn: Column<KubeObject> = column('Age', (object, now) =>
  since(object.metadata.creationTimestamp, now),
)

/** Age of an RFC 3339 time as kubectl prints it; `<unknown>` without one. */
export function since(time: string | undefined, now: number): string {
  return formatAge(time === undefined ? NaN : (now - Date.parse(time)) / 1000)
}

export function formatLabels(labels: StringMap | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`)
  return pairs.length === 0 ? '<none>' : pairs.sort().join(',')
}

/** Containers, Images and Selector: the wide columns of kinds with a pod template. */
export function templateColumns<T>(
  containers: (object: T) => Container[],
  selector?: (object: T) => LabelSelector | undefined,
): Column<T>[] {
  const columns: Column<T>[] = [
    wide('Containers', (object) =>
      containers(object)
        .map((each) => each.name)
        .join(','),
    ),
    wide('Images', (object) =>
      containers(object)
        .map((each) => each.image)
        .join(','),
    ),
  ]
  if (selector) columns.push(wide('Selector', (object) => formatLabels(selector(object)?.matchLabels)))
  return columns
}

/** The first three of a list, and the number of others. */
export function firstThree(list: string[], none: string): string {
  if (list.length === 0) return none
  const shown = list.slice(0, 3).join(',')
  return list.length > 3 ? `${shown} + ${list.length - 3} more...` : shown
}
