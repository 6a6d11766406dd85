/** Counts over all rows of a table, computed here so that the model need not count. */
import type { Counts } from '../../../shared/result'
import { KubeError } from '../../kubernetes/errors'
import type { TableList, TableRow } from '../../kubernetes/list'
import { at, listAt } from '../../../shared/kubernetes/health/fields'
import { ownerOf } from '../../kubernetes/owners'
import type { ApiResource, KubeObject } from '../../kubernetes/types'
import { columnIndex, columnNames } from './sort'

/** Tables of up to so many rows are read as they are; longer ones get counts unasked. */
const SMALL = 30

/** Values of one count; the rest is summed up. */
const MOST = 200

/** True if `countBy` names something that only the whole object has. */
export function countsNeedObjects(countBy: string | undefined): boolean {
  return countBy !== undefined && /\bimages?\b/i.test(countBy)
}

/** @throws KubeError `invalid-arguments` with what can be counted by */
export function countRows(table: TableList, resource: ApiResource, countBy: string | undefined, now: number): Counts[] {
  const asked = countBy === undefined ? unasked(table) : [countBy]
  return asked.map((by) => counted(table, resource, by, now))
}

/** By namespace and status together: the question is nearly always one of the two. */
function unasked(table: TableList): string[] {
  if (table.rows.length <= SMALL) return []
  const names = ['NAMESPACE', 'STATUS'].filter((name) => columnIndex(table, name) >= 0)
  return names.length > 0 ? [names.join(',').toLowerCase()] : []
}

function counted(table: TableList, resource: ApiResource, by: string, now: number): Counts {
  const readers = by.split(',').map((each) => readerOf(table, resource, each.trim(), now))
  const counts = new Map<string, number>()
  for (const row of table.rows)
    for (const value of combinations(readers.map((read) => read(row)))) counts.set(value, (counts.get(value) ?? 0) + 1)
  const sorted = [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
  const rest = sorted.slice(MOST)
  const others = rest.reduce((sum, [, count]) => sum + count, 0)
  const values =
    rest.length > 0 ? [...sorted.slice(0, MOST), [`${rest.length} others`, others] satisfies [string, number]] : sorted
  return { by: by.replace(/\s*,\s*/g, ','), values: values.map(([value, count]): [string, number] => [value, count]) }
}

type Reader = (row: TableRow) => string[]

function readerOf(table: TableList, resource: ApiResource, by: string, now: number): Reader {
  const word = by.toLowerCase()
  const label = /^labels?[:.=[]?\s*['"]?([^'"\]]+)['"]?\]?$/i.exec(by)
  switch (word) {
    case 'namespace':
    case 'namespaces':
      return ({ object }) => [object.metadata.namespace ?? '(none)']
    case 'image':
    case 'images':
      return ({ object }) => imagesOf(object)
    case 'owner':
    case 'owners':
      return ({ object }) => [ownerLabel(object, columnIndex(table, 'NAMESPACE') === 0)]
    case 'age':
      return ({ object }) => [ageBucket(object.metadata.creationTimestamp, now)]
    default: {
      const index = columnIndex(table, word)
      if (index >= 0) return ({ cells }) => [cells[index] ?? '']
      const key = label?.[1]
      if (key !== undefined) return ({ object }) => [object.metadata.labels?.[key] ?? '(no label)']
      throw new KubeError(
        'invalid-arguments',
        `${resource.plural} cannot be counted by ${by}. Use namespace, image, owner, age, label:KEY, or a column: ${columnNames(table)}.`,
        { countBy: by, columns: columnNames(table) },
      )
    }
  }
}

/** `shop · Running`: one value for each combination; a pod with two images counts for both. */
function combinations(values: readonly string[][]): string[] {
  return values.reduce<string[]>(
    (sofar, each) => sofar.flatMap((before) => each.map((value) => (before === '' ? value : `${before} · ${value}`))),
    [''],
  )
}

/**
 * `Deployment web`, or `shop · Deployment web` in a table of several namespaces. The ReplicaSet of a Deployment is named
 * after it and the hash of the pod template.
 */
function ownerLabel(object: KubeObject, withNamespace: boolean): string {
  const owner = ownerOf(object)
  if (!owner) return '(no owner)'
  const hash = object.metadata.labels?.['pod-template-hash']
  const isDeployment = owner.kind === 'ReplicaSet' && hash && owner.name.endsWith(`-${hash}`)
  const label = isDeployment ? `Deployment ${owner.name.slice(0, -hash.length - 1)}` : `${owner.kind} ${owner.name}`
  return withNamespace && object.metadata.namespace ? `${object.metadata.namespace} · ${label}` : label
}

/** Images of a pod, or of a workload's pod template; each once. */
function imagesOf(object: KubeObject): string[] {
  const template =
    at(object, 'spec', 'template', 'spec') ?? at(object, 'spec', 'jobTemplate', 'spec', 'template', 'spec')
  const containers = ['initContainers', 'containers'].flatMap((field) => listAt(template ?? object.spec, field))
  const images = containers.flatMap((each) => {
    const image = at(each, 'image')
    return typeof image === 'string' ? [image] : []
  })
  return images.length > 0 ? [...new Set(images)] : ['(no image)']
}

const HOUR = 3_600_000
const BUCKETS: [string, number][] = [
  ['under 1 hour', HOUR],
  ['1 hour to 1 day', 24 * HOUR],
  ['1 to 7 days', 7 * 24 * HOUR],
  ['7 to 30 days', 30 * 24 * HOUR],
]

function ageBucket(created: string | undefined, now: number): string {
  const age = created === undefined ? NaN : now - Date.parse(created)
  if (Number.isNaN(age)) return '(unknown)'
  return BUCKETS.find(([, below]) => age < below)?.[0] ?? 'over 30 days'
}
