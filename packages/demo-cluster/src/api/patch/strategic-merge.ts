/** `application/strategic-merge-patch+json` and the merge of a server-side apply: keyed lists are merged. */
import type { Json, JsonObject } from '../../types'
import { isObject } from './json'
import { isSameItem, isSet, itemKeys } from './list-items'

const DIRECTIVE = '$patch'
const OWN_WORDS = /^\$(patch|retainKeys|setElementOrder\/.*|deleteFromPrimitiveList\/.*)$/

export function strategicMerge(target: Json | undefined, patch: JsonObject): JsonObject {
  const own = Object.entries(patch).filter(([key]) => !OWN_WORDS.test(key))
  if (patch[DIRECTIVE] === 'delete') return {}
  const kept = patch[DIRECTIVE] === 'replace' || !isObject(target) ? {} : target
  const retained = Array.isArray(patch.$retainKeys) ? patch.$retainKeys : undefined
  const merged = new Map(Object.entries(kept).filter(([key]) => !retained || retained.includes(key)))
  for (const [key, gone] of Object.entries(patch)) {
    const field = /^\$deleteFromPrimitiveList\/(.+)$/.exec(key)?.[1]
    const list = field === undefined ? undefined : merged.get(field)
    if (field === undefined || !Array.isArray(list) || !Array.isArray(gone)) continue
    merged.set(
      field,
      list.filter((each) => !gone.includes(each)),
    )
  }
  for (const [key, value] of own) {
    const before = merged.get(key)
    if (value === null || (isObject(value) && value[DIRECTIVE] === 'delete')) merged.delete(key)
    else if (isObject(value)) merged.set(key, strategicMerge(before, value))
    else if (Array.isArray(value)) merged.set(key, mergeList(key, Array.isArray(before) ? before : [], value))
    else merged.set(key, value)
  }
  return Object.fromEntries(merged)
}

function mergeList(field: string, before: Json[], patch: Json[]): Json[] {
  if (isSet(field)) return [...before, ...patch.filter((each) => !before.includes(each))]
  const replaces = patch.some((each) => isObject(each) && each[DIRECTIVE] === 'replace')
  const elements = patch.filter((each) => !isObject(each) || each[DIRECTIVE] !== 'replace')
  const keys = itemKeys(field, [...before, ...elements])
  if (keys === undefined || replaces) return elements.map(clean)
  const merged = [...before]
  for (const element of elements) {
    if (!isObject(element)) continue
    const at = merged.findIndex((each) => isSameItem(keys, each, element))
    if (element[DIRECTIVE] === 'delete') {
      if (at >= 0) merged.splice(at, 1)
    } else if (at >= 0) merged[at] = strategicMerge(merged[at], element)
    else merged.push(strategicMerge({}, element))
  }
  return merged
}

function clean(element: Json): Json {
  return isObject(element) ? strategicMerge({}, element) : element
}
