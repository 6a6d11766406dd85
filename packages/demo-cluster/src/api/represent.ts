/** Encodes responses as objects, or as the Table that kubectl prints. */
import type { Scene } from '../scene'
import type { KubeObject } from '../types'
import type { Page } from './list'
import { apiVersionOf } from '#shared/kubernetes/api'
import type { Entry, Resource } from './resource'
import { badRequest, StatusError } from './status'

export type Representation = 'object' | 'table'

/**
 * Chooses the first supported type of the `Accept` header.
 * @throws StatusError 406 if none is supported, e.g. only protobuf
 */
export function negotiate(accept: string | undefined): Representation {
  for (const range of (accept ?? '*/*').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim())
    const has = (name: string) => parameters.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1)
    if (type !== '*/*' && type !== 'application/*' && type !== 'application/json') continue
    if (has('as') === undefined) return 'object'
    if (has('as') === 'Table' && has('v') === 'v1' && has('g') === 'meta.k8s.io') return 'table'
  }
  throw new StatusError(406, 'NotAcceptable', 'only the following media types are accepted: application/json')
}

export type IncludeObject = 'None' | 'Metadata' | 'Object'

/** @throws StatusError 400 for an unknown value */
export function includeObject(query: URLSearchParams): IncludeObject {
  const value = query.get('includeObject') ?? 'Metadata'
  if (value === 'None' || value === 'Metadata' || value === 'Object') return value
  throw badRequest(`unrecognized includeObject value: "${value}"`)
}

/** List items carry neither kind nor apiVersion. */
export function toList(resource: Resource, page: Page) {
  return {
    kind: `${resource.kind}List`,
    apiVersion: apiVersionOf(resource),
    metadata: page.metadata,
    items: page.entries.map(({ object }) => withoutType(object)),
  }
}

function withoutType(object: KubeObject): object {
  const { kind: _kind, apiVersion: _apiVersion, ...rest } = object
  return rest
}

export function toTable(resource: Resource, page: Page, scene: Scene, include: IncludeObject) {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: page.metadata,
    columnDefinitions: resource.columns.map((column) => ({ ...column, description: '' })),
    rows: page.entries.map((entry) => ({
      cells: entry.cells(scene.now),
      ...(entry.ended && { conditions: [rowCondition(entry.ended)] }),
      object: rowObject(entry, include),
    })),
  }
}

function rowObject({ object }: Entry, include: IncludeObject): object | null {
  if (include === 'None') return null
  if (include === 'Object') return object
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata }
}

function rowCondition(reason: 'Succeeded' | 'Failed') {
  const message = reason === 'Succeeded' ? 'The pod has completed successfully.' : 'The pod failed.'
  return { type: 'Completed', status: 'True', reason, message }
}
