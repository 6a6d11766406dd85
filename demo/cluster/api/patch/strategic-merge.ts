/**
 * `application/strategic-merge-patch+json`, and the merge of a server-side apply: lists of named things are merged by the
 * name. Which field names which list is written down here, where an API server has it from the kinds' types.
 */
import type { Json, JsonObject } from '../../types'
import { isObject } from './json'

const MERGE_KEYS: Record<string, string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  hostAliases: ['ip'],
  // Of containers, and of Services.
  ports: ['containerPort', 'port'],
  taints: ['key'],
  topologySpreadConstraints: ['topologyKey'],
  ownerReferences: ['uid'],
}

/** Lists that are sets of texts. */
const SETS = new Set(['finalizers'])

const DIRECTIVE = '$patch'
const OWN_WORDS = /^\$(patch|retainKeys|setElementOrder\/.*|deleteFromPrimitiveList\/.*)$/

/** The field that names the elements of a list, where they are all named by one. */
export function mergeKey(field: string, list: Json[]): string | undefined {
  return MERGE_KEYS[field]?.find((key) => list.every((each) => isObject(each) && each[key] !== undefined))
}

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
  if (SETS.has(field)) return [...before, ...patch.filter((each) => !before.includes(each))]
  const replaces = patch.some((each) => isObject(each) && each[DIRECTIVE] === 'replace')
  const elements = patch.filter((each) => !isObject(each) || each[DIRECTIVE] !== 'replace')
  const key = mergeKey(field, [...before, ...elements])
  if (key === undefined || replaces) return elements.map(clean)
  const merged = [...before]
  for (const element of elements) {
    if (!isObject(element)) continue
    const at = merged.findIndex((each) => isObject(each) && each[key] === element[key])
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
