/** Applies patches by content type, except server-side apply, which may create the object. */
import type { Json, JsonObject } from '../../types'
import { StatusError } from '../status'
import { objectOf } from './json'
import { jsonPatch } from './json-patch'
import { mergePatch } from './merge-patch'
import { strategicMerge } from './strategic-merge'

export { ownedAfterApply, ownedAfterUpdate } from '../fields/owners'
export { serverApply } from './server-apply'

export const APPLY = 'application/apply-patch+yaml'

const PATCHES: Record<string, (target: JsonObject, patch: Json) => Json> = {
  'application/json-patch+json': jsonPatch,
  'application/merge-patch+json': (target, patch) => mergePatch(target, objectOf(patch)),
  'application/strategic-merge-patch+json': (target, patch) => strategicMerge(target, objectOf(patch)),
}

/**
 * @param type content type of the patch
 * @throws StatusError 415 for another type, 400 or 422 for an invalid patch
 */
export function applyPatch(type: string, target: JsonObject, patch: Json): JsonObject {
  const apply = PATCHES[type]
  if (apply) return objectOf(apply(target, patch))
  const accepted = [...Object.keys(PATCHES), APPLY].join(', ')
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted}`
  throw new StatusError(415, 'UnsupportedMediaType', message)
}
