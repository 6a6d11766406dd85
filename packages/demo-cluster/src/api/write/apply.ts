/** Server-side apply: creates or changes an object and makes the manager own the applied fields. */
import { timestamp } from '../../scene'
import type { Json } from '../../types'
import { ownedAfterApply } from '../fields/owners'
import { isObject, objectOf } from '../patch/json'
import { serverApply } from '../patch/server-apply'
import { apiVersionOf } from '#shared/kubernetes/api'
import { badRequest, conflict, fieldConflict } from '../status'
import type { WriteContext } from '../writer'
import type { Target } from './posted'
import { create, find, plainObject, update, type Owned, type Written } from './write'

/**
 * @throws StatusError 400 without a manager, 409 for an outdated resource version and, without `force`, for fields of
 * other managers, 422 as `update`
 */
export function apply(context: WriteContext, target: Target, body: Json, query: URLSearchParams): Written {
  if (!query.get('fieldManager')) {
    const message = 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch'
    throw badRequest(message)
  }
  const given = objectOf(body)
  const metadata = isObject(given.metadata) ? given.metadata : {}
  if (Array.isArray(metadata.managedFields) && metadata.managedFields.length > 0)
    throw badRequest('metadata.managedFields must be nil')
  const live = find(context, target, target.name ?? '')
  const { group, plural } = target.resource
  if (!live && (metadata.resourceVersion !== undefined || metadata.uid !== undefined))
    throw conflict(group, plural, target.name ?? '')
  const by = { ...target.by, operation: 'Apply' as const }
  const before = live && plainObject(live)
  const merged = serverApply(before, given, by)
  const owned: Owned = (_, after) => {
    const write = { by, apiVersion: apiVersionOf(target.resource), time: timestamp(context.scene.now) }
    const { managedFields, conflicts } = ownedAfterApply(given, before, after, write)
    if (conflicts.length > 0 && query.get('force') !== 'true') throw fieldConflict(conflicts)
    return managedFields
  }
  return live ? update(context, target, live, merged, owned) : create(context, target, merged, owned)
}
