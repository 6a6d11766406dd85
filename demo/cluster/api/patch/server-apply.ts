/** `application/apply-patch+yaml`: what a manager applied before and leaves out now goes, all else that is there stays. */
import type { Json, JsonObject } from '../../types'
import { isObject } from './json'
import { mergeKey, strategicMerge } from './strategic-merge'

/**
 * @param live the object as it is; absent where it is created
 * @param applied the whole configuration that is applied
 * @param before what the same manager applied the last time
 */
export function serverApply(live: JsonObject | undefined, applied: JsonObject, before: Json | undefined): JsonObject {
  const merged = strategicMerge(live, applied)
  return isObject(before) ? prune(merged, before, applied) : merged
}

/** Takes away what was in `before` and is not in `applied`. */
function prune(merged: JsonObject, before: JsonObject, applied: JsonObject): JsonObject {
  const kept = Object.entries(merged).flatMap(([key, value]): [string, Json][] => {
    const was = before[key]
    const is = applied[key]
    if (was === undefined) return [[key, value]]
    if (is === undefined) return isObject(was) && isObject(value) ? survivors(key, value, was) : []
    if (isObject(value) && isObject(was) && isObject(is)) return [[key, prune(value, was, is)]]
    if (Array.isArray(value) && Array.isArray(was) && Array.isArray(is)) return [[key, pruneList(key, value, was, is)]]
    return [[key, value]]
  })
  return Object.fromEntries(kept)
}

/** What others put into an object that the manager no longer names. */
function survivors(key: string, value: JsonObject, was: JsonObject): [string, Json][] {
  const rest = prune(value, was, {})
  return Object.keys(rest).length > 0 ? [[key, rest]] : []
}

function pruneList(field: string, merged: Json[], before: Json[], applied: Json[]): Json[] {
  const key = mergeKey(field, [...merged, ...before, ...applied])
  if (key === undefined) return merged
  const find = (list: Json[], element: JsonObject) => list.filter(isObject).find((each) => each[key] === element[key])
  return merged.filter(isObject).flatMap((element) => {
    const was = find(before, element)
    const is = find(applied, element)
    if (!was) return [element]
    return is ? [prune(element, was, is)] : []
  })
}
