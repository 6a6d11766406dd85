/** What a live object becomes when a manifest is applied, or a patch: predicted, the API server has the last word. */
import { at, isRecord, recordAt, textAt, withValue } from './fields'
import type { KubernetesObject } from './types'

type Fields = Record<string, unknown>

/** By which key the items of a list are told apart, by the list's name: as the API's types of Kubernetes have it. */
const MERGE_KEYS: Record<string, readonly string[]> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  secrets: ['name'],
  ports: ['containerPort', 'port'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey'],
  ownerReferences: ['uid'],
}

/**
 * The object after an apply: mappings are merged, lists of things with a name by the name, other lists replaced. What
 * `previous`, the manifest applied before, held and the new one leaves out goes.
 */
export function applyManifest(
  live: KubernetesObject,
  manifest: KubernetesObject,
  previous?: KubernetesObject,
): KubernetesObject {
  const fold = live.kind === 'Secret' ? foldStringData : same
  // What kubectl applies has the annotation in which it keeps the manifest, and so never lacks annotations.
  const annotated = previous !== undefined && at(live, 'metadata', 'annotations') !== undefined
  const annotations = recordAt(manifest, 'metadata', 'annotations')
  const wanted = annotated ? withValue(fold(manifest), ['metadata', 'annotations'], annotations) : fold(manifest)
  const before = previous && fold(previous)
  return mergeMaps(live, wanted, before, isBuiltIn(live))
}

const same = (object: KubernetesObject): KubernetesObject => object

/** The API server merges lists by name in its own kinds; in custom ones the list is replaced, unless their schema says else. */
export function isBuiltIn(object: KubernetesObject): boolean {
  const [group] = (textAt(object, 'apiVersion') ?? '').split('/')
  return group !== undefined && (!group.includes('.') || group.endsWith('.k8s.io'))
}

function mergeMaps(live: Fields, wanted: Fields, previous: Fields | undefined, byName: boolean): Fields {
  const kept = Object.entries(live).filter(([key]) => key in wanted || previous === undefined || !(key in previous))
  const merged = new Map(kept)
  for (const [key, value] of Object.entries(wanted)) {
    if (value === null) merged.delete(key)
    else merged.set(key, mergeValue(key, live[key], value, previous?.[key], byName))
  }
  return Object.fromEntries(merged)
}

function mergeValue(key: string, live: unknown, wanted: unknown, previous: unknown, byName: boolean): unknown {
  if (isRecord(wanted)) {
    return isRecord(live)
      ? mergeMaps(live, wanted, isRecord(previous) ? previous : undefined, byName)
      : mergeMaps({}, wanted, undefined, byName)
  }
  if (!Array.isArray(wanted) || !Array.isArray(live) || !byName) return wanted
  const mergeKey = mergeKeyOf(key, [...live, ...wanted])
  return mergeKey ? mergeLists(live, wanted, Array.isArray(previous) ? previous : [], mergeKey) : wanted
}

/** The key that all the items have; none where a list is no such list. */
function mergeKeyOf(list: string, items: unknown[]): string | undefined {
  return MERGE_KEYS[list]?.find((key) => items.every((item) => isRecord(item) && item[key] !== undefined))
}

function mergeLists(live: unknown[], wanted: unknown[], previous: unknown[], key: string): unknown[] {
  const byKey = (items: unknown[]): Map<unknown, Fields> =>
    new Map(items.filter(isRecord).map((item) => [item[key], item]))
  const [want, prior, rest] = [byKey(wanted), byKey(previous), new Map(byKey(wanted))]
  const merged: unknown[] = []
  for (const item of live.filter(isRecord)) {
    const next = want.get(item[key])
    rest.delete(item[key])
    if (next?.$patch === 'delete' || (!next && prior.has(item[key]))) continue
    merged.push(next ? mergeMaps(item, next, prior.get(item[key]), true) : item)
  }
  return [...merged, ...[...rest.values()].filter((item) => item.$patch !== 'delete')]
}

/** The API server writes `stringData` into `data`. */
export function foldStringData(secret: KubernetesObject): KubernetesObject {
  const { stringData, ...rest } = secret
  if (!isRecord(stringData)) return secret
  const encoded = Object.entries(stringData).map(([key, value]) => [key, Buffer.from(String(value)).toString('base64')])
  return { ...rest, data: { ...(isRecord(rest.data) ? rest.data : {}), ...Object.fromEntries(encoded) } }
}
