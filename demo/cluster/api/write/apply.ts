/** Server-side apply: creates the object or changes it, and remembers what the manager applied. */
import type { Json } from '../../types'
import { isObject, objectOf } from '../patch/json'
import { serverApply } from '../patch/server-apply'
import { badRequest, conflict } from '../status'
import type { WriteContext } from '../writer'
import type { Target } from './posted'
import { create, find, plainJson, update, type Written } from './write'

/** @throws StatusError 400 without a manager, 409 for another resource version than the live one, 422 as `update` */
export function apply(context: WriteContext, target: Target, body: Json, query: URLSearchParams): Written {
  const manager = query.get('fieldManager')
  if (!manager)
    throw badRequest(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    )
  const given = objectOf(body)
  const live = find(context, target, target.name ?? '')
  const asked = isObject(given.metadata) ? given.metadata.resourceVersion : undefined
  const { group, plural } = target.resource
  if (!live && asked !== undefined) throw conflict(group, plural, target.name ?? '')
  const { applied } = context.state
  const before = live && applied.get(live.metadata.uid)?.get(manager)
  const merged = serverApply(live && objectOf(plainJson(live)), given, before)
  const written = live ? update(context, target, live, merged) : create(context, target, merged)
  const { uid } = written.object.metadata
  if (!target.dryRun) applied.set(uid, new Map([...(applied.get(uid) ?? []), [manager, given]]))
  return written
}
