/**
 * By which fields the items of a list are named: lists of named items are merged, others are replaced. An API server has
 * it from the types of the kinds.
 */
import type { Json, JsonObject } from '../../types'
import { isObject } from './json'

const MERGE_KEYS: Record<string, string[][]> = {
  containers: [['name']],
  initContainers: [['name']],
  ephemeralContainers: [['name']],
  env: [['name']],
  volumes: [['name']],
  volumeMounts: [['mountPath']],
  volumeDevices: [['devicePath']],
  imagePullSecrets: [['name']],
  secrets: [['name']],
  hostAliases: [['ip']],
  // Of containers, and of Services.
  ports: [
    ['containerPort', 'protocol'],
    ['port', 'protocol'],
  ],
  taints: [['key']],
  topologySpreadConstraints: [['topologyKey']],
  ownerReferences: [['uid']],
}

/** Values of keys that may be left out. */
const DEFAULTS: Record<string, Json> = { protocol: 'TCP' }

/** Lists that are sets of texts. */
const SETS = new Set(['finalizers'])

export function isSet(field: string): boolean {
  return SETS.has(field)
}

/** The keys that name the items of a list. Undefined if it has none, or if not every item has them. */
export function itemKeys(field: string, list: Json[]): string[] | undefined {
  return MERGE_KEYS[field]?.find((keys) =>
    list.every((each) => isObject(each) && keys.every((key) => keyValue(each, key) !== undefined)),
  )
}

export function keyValue(item: JsonObject, key: string): Json | undefined {
  return item[key] ?? DEFAULTS[key]
}

export function isSameItem(keys: string[], one: Json, other: Json): boolean {
  return isObject(one) && isObject(other) && keys.every((key) => keyValue(one, key) === keyValue(other, key))
}
