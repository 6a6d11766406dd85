/** The demo cluster's clock, and values derived from names and times: uids, suffixes, metadata. */
import { createHash } from 'node:crypto'
import { GENERATED_CHARACTERS } from '#shared/kubernetes/names'
import type { KubeObject, Metadata, OwnerReference, StringMap } from './types'

/** Milliseconds since the epoch: the cluster's start, and the current moment. */
export interface Scene {
  startedAt: number
  now: number
}

/** Resource versions count seconds, so they only increase. The base leaves room for older objects. */
const RESOURCE_VERSION_AT_START = 10_000_000

/** RFC 3339 in whole seconds, as Kubernetes writes `metav1.Time`. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** The time `seconds` before the start. */
export function before(scene: Scene, seconds: number): number {
  return scene.startedAt - seconds * 1000
}

export function resourceVersion(scene: Scene, changedAt: number): string {
  return String(RESOURCE_VERSION_AT_START + Math.floor((changedAt - scene.startedAt) / 1000))
}

/** Hex digits that depend only on the seed. */
export function digest(seed: string): string {
  return createHash('sha256').update(seed).digest('hex')
}

/** A version 4 UUID, the same in every run. */
export function uidOf(kind: string, namespace: string, name: string): string {
  const hex = digest(`${kind}/${namespace}/${name}`)
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}

/** A generated part of a name, e.g. the `98wzg` of a pod. */
export function safeSuffix(seed: string, length: number): string {
  const bytes = createHash('sha256').update(seed).digest()
  return Array.from(bytes.subarray(0, length), (byte) =>
    GENERATED_CHARACTERS.charAt(byte % GENERATED_CHARACTERS.length),
  ).join('')
}

export interface MetadataInput {
  kind: string
  name: string
  namespace?: string
  createdAt: number
  /** Time of the last change, if after the creation. */
  changedAt?: number
  generateName?: string
  generation?: number
  labels?: StringMap
  annotations?: StringMap
  owner?: KubeObject
}

export function metadata(scene: Scene, input: MetadataInput): Metadata {
  return {
    ...(input.annotations && { annotations: input.annotations }),
    creationTimestamp: timestamp(input.createdAt),
    ...(input.generateName && { generateName: input.generateName }),
    ...(input.generation && { generation: input.generation }),
    ...(input.labels && { labels: input.labels }),
    name: input.name,
    ...(input.namespace && { namespace: input.namespace }),
    ...(input.owner && { ownerReferences: [controllerReference(input.owner)] }),
    resourceVersion: resourceVersion(scene, input.changedAt ?? input.createdAt),
    uid: uidOf(input.kind, input.namespace ?? '', input.name),
  }
}

function controllerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    blockOwnerDeletion: true,
    controller: true,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
  }
}
