/** Counts over all rows of a table, so that the model need not count. */
import { msg } from '../../../shared/messages/create'
import { at, listAt } from '../../../shared/kubernetes/fields'
import type { Counts } from '../../../shared/result'
import { ageBucket, countValues, JOINT } from '../../../shared/results/counts'
import { KubeError } from '../../kubernetes/errors/errors'
import type { TableList, TableRow } from '../../kubernetes/list/list'
import { ownerOf } from '../../kubernetes/read/owners'
import type { ApiResource, KubeObject } from '../../kubernetes/types'
import { columnIndex, columnNames } from './sort'

/** Longer tables get counts without a request. */
const SMALL = 30

/** Maximum values of one count; the rest is summed up. */
const MOST = 400

/** True if `countBy` names a field that the table lacks. */
export function countsNeedObjects(countBy: string | undefined): boolean {
  return countBy !== undefined && /\bimages?\b/i.test(countBy)
}

/** @throws KubeError `invalid-arguments` listing what can be counted */
export function countTable(
  table: TableList,
  resource: ApiResource,
  countBy: string | undefined,
  now: number,
): Counts[] {
  const asked = countBy === undefined ? unasked(table) : [countBy.replace(/\s*,\s*/g, ',')]
  return asked.map((by) => counted(table, resource, by, now))
}

/** Namespace and status together: most questions are about one of them. */
function unasked(table: TableList): string[] {
  if (table.rows.length <= SMALL) return []
  const names = ['NAMESPACE', 'STATUS'].filter((name) => columnIndex(table, name) >= 0)
  return names.length > 0 ? [names.join(',').toLowerCase()] : []
}

function counted(table: TableList, resource: ApiResource, by: string, now: number): Counts {
  const readers = by.split(',').map((each) => readerOf(table, resource, each, now))
  const { values } = countValues(
    by,
    table.rows.flatMap((row) => combinations(readers.map((read) => read(row)))),
  )
  const rest = values.slice(MOST)
  if (rest.length === 0) return { by, values }
  const sum = rest.reduce((total, [, count]) => total + count, 0)
  return { by, values: [...values.slice(0, MOST), [`${rest.length} others`, sum]] }
}

type Reader = (row: TableRow) => string[]

function readerOf(table: TableList, resource: ApiResource, by: string, now: number): Reader {
  const label = /^labels?[:.=[]?\s*['"]?([^'"\]]+)['"]?\]?$/i.exec(by)?.[1]
  switch (by.toLowerCase()) {
    case 'namespace':
    case 'namespaces':
      return ({ object }) => [object.metadata.namespace ?? '']
    case 'image':
    case 'images':
      return ({ object }) => imagesOf(object)
    case 'owner':
    case 'owners': {
      const several = columnIndex(table, 'NAMESPACE') === 0
      return ({ object }) => [ownerLabel(object, several)]
    }
    case 'age':
      return ({ object }) => [ageBucket(ageOf(object, now))]
    default: {
      const index = columnIndex(table, by)
      if (index >= 0) return ({ cells }) => [cells[index] ?? '']
      if (label !== undefined) return ({ object }) => [object.metadata.labels?.[label] ?? '']
      throw new KubeError(
        'invalid-arguments',
        msg('count-by-unknown', { plural: resource.plural, by, columns: columnNames(table) }),
        { countBy: by, columns: columnNames(table) },
      )
    }
  }
}

/** `shop · Running`: one value for each combination. A pod with two images counts for both. */
function combinations(values: readonly string[][]): string[] {
  const [first = [], ...others] = values
  return others.reduce((sofar, each) => sofar.flatMap((before) => each.map((value) => before + JOINT + value)), first)
}

/**
 * `Deployment web`, or `shop · Deployment web` for several namespaces. A Deployment's ReplicaSet is named after it plus
 * the hash of the pod template.
 */
function ownerLabel(object: KubeObject, withNamespace: boolean): string {
  const owner = ownerOf(object)
  if (!owner) return '(no owner)'
  const hash = object.metadata.labels?.['pod-template-hash']
  const isDeployment = owner.kind === 'ReplicaSet' && hash && owner.name.endsWith(`-${hash}`)
  const label = isDeployment ? `Deployment ${owner.name.slice(0, -hash.length - 1)}` : `${owner.kind} ${owner.name}`
  return withNamespace && object.metadata.namespace ? object.metadata.namespace + JOINT + label : label
}

/** Distinct images of a pod or of a workload's pod template. */
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

/** In seconds. */
function ageOf({ metadata }: KubeObject, now: number): number | undefined {
  const created = Date.parse(metadata.creationTimestamp ?? '')
  return Number.isNaN(created) ? undefined : (now - created) / 1000
}
