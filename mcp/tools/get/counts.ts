/** Counts over all rows of a table, so that the model need not count. */
import { msg } from '../../../shared/messages/create'
import { at, listAt } from '../../../shared/kubernetes/fields'
import type { Counts } from '../../../shared/result'
import { ageBucket, JOINT } from '../../../shared/results/counts'
import { countBy } from '../../../shared/results/query/count'
import type { ValuesOf } from '../../../shared/results/query/count'
import { KubeError } from '../../kubernetes/errors/errors'
import type { TableList, TableRow } from '../../kubernetes/list/list'
import { ownerOf } from '../../kubernetes/read/owners'
import type { ApiResource, KubeObject } from '../../kubernetes/types'
import { columnIndex, columnNames } from './sort'

/** Longer tables get counts without a request. */
const SMALL = 30

/** True if `countBy` names a field that the table lacks. */
export function countsNeedObjects(countBy: string | undefined): boolean {
  return countBy !== undefined && /\bimages?\b/i.test(countBy)
}

/** @throws KubeError `invalid-arguments` listing what can be counted */
export function countTable(table: TableList, resource: ApiResource, by: string | undefined, now: number): Counts[] {
  const asked = by === undefined ? unasked(table) : [by]
  return asked.map((each) => countBy(table.rows, each, (name) => readerOf(table, resource, name, now)))
}

/** Namespace and status together: most questions are about one of them. */
function unasked(table: TableList): string[] {
  if (table.rows.length <= SMALL) return []
  const names = ['NAMESPACE', 'STATUS'].filter((name) => columnIndex(table, name) >= 0)
  return names.length > 0 ? [names.join(',').toLowerCase()] : []
}

function readerOf(table: TableList, resource: ApiResource, by: string, now: number): ValuesOf<TableRow> {
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
