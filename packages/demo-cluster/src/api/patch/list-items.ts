/** The merge keys of lists: keyed lists are merged, others replaced. An API server takes them from the kinds' types. */
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
  // Of containers and Services.
  ports: [
    ['containerPort', 'protocol'],
    ['port', 'protocol'],
  ],
  taints: [['key']],
  topologySpreadConstraints: [['topologyKey']],
  ownerReferences: [['uid']],
}

/** Defaults of optional keys. */
const DEFAULTS: Record<string, Json> = { protocol: 'TCP' }

/** Lists that are sets of texts. */
const SETS = new Set(['finalizers'])

export function isSet(field: string): boolean {
  return SETS.has(field)
}

/** The merge keys of a list. Undefined if it has none, or if an item lacks them. */
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
