/** `application/apply-patch+yaml`: removes fields that the manager applied before and now omits; keeps all others. */
import type { JsonObject } from '../../types'
import { isSameManager, ownersOf, type Manager } from '../fields/owners'
import { toTree, without, type FieldSet } from '../fields/tree'
import { fieldValues } from '../fields/values'
import { objectOf } from './json'
import { strategicMerge } from './strategic-merge'

/**
 * @param live absent: the object is created
 * @param applied the whole applied configuration
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
