/** `application/apply-patch+yaml`: what a manager applied before and leaves out now goes, all else that is there stays. */
import type { JsonObject } from '../../types'
import { isSameManager, ownersOf, type Manager } from '../fields/owners'
import { toTree, without, type FieldSet } from '../fields/tree'
import { fieldValues } from '../fields/values'
import { objectOf } from './json'
import { strategicMerge } from './strategic-merge'

/**
 * @param live the object as it is; absent: it is created
 * @param applied the whole configuration that is applied
 */
export function serverApply(live: JsonObject | undefined, applied: JsonObject, by: Manager): JsonObject {
  const merged = strategicMerge(live, applied)
  const owners = ownersOf(live)
  const before = owners.find((each) => isSameManager(each, by))?.fields
  if (!before) return merged
  const others = owners.filter((each) => !isSameManager(each, by))
  const wanted = fieldValues(applied)
  const gone: FieldSet = new Map(
    [...before].filter(([key]) => !wanted.has(key) && !others.some(({ fields }) => fields.has(key))),
  )
  return objectOf(without(merged, toTree(gone)))
}
