/** Checks a posted object against the request path. */
import type { JsonObject } from '../../types'
import type { Manager } from '../fields/owners'
import { isObject, withoutEmpty } from '../patch/json'
import { apiVersionOf } from '#shared/kubernetes/api'
import type { Resource } from '../resource'
import { badRequest, objectNotFound } from '../status'
import type { WriteContext } from '../writer'

export interface Target {
  resource: Resource
  namespace?: string
  /** Absent if a POST names the object in its body. */
  name?: string
  dryRun: boolean
  by: Manager
}

/**
 * The body without nulls and empty values, with its kind.
 * @throws StatusError 400 if kind or name contradict the path, 404 if the namespace does not exist
 */
export function checked(context: WriteContext, { resource, namespace, name }: Target, body: JsonObject): JsonObject {
  const apiVersion = apiVersionOf(resource)
  const clean = withoutEmpty(body)
  const given: JsonObject = { ...(isObject(clean) ? clean : {}) }
  const said = { apiVersion: given.apiVersion ?? apiVersion, kind: given.kind ?? resource.kind }
  if (said.apiVersion !== apiVersion || said.kind !== resource.kind) {
    throw badRequest(
      `the API version in the data (${JSON.stringify(said)}) does not match the expected (${apiVersion}, ${resource.kind})`,
    )
  }
  const { name: own = name, namespace: where = namespace } = metadataOf(given)
  if (name !== undefined && own !== name) {
    throw badRequest(`the name of the object (${String(own)}) does not match the name on the URL (${name})`)
  }
  if (where !== namespace)
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  const there = context.snapshot.namespaces.some(({ metadata }) => metadata.name === namespace)
  if (namespace !== undefined && !there) throw objectNotFound('', 'namespaces', namespace)
  return { ...given, ...said }
}

export function metadataOf({ metadata }: JsonObject): JsonObject {
  return isObject(metadata) ? metadata : {}
}
