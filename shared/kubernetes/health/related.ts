/** Facts about a Service or PersistentVolumeClaim from other objects, read by the caller. */
import type { KubeObject } from '../object'
import { at, isRecord, listAt, textAt, timeAt } from '../fields'
import { podOwners } from '../pod-owners'

export interface Related {
  /** Endpoints of Services by `namespace/name`; missing Services have none. */
  endpoints?: ReadonlyMap<string, { ready: number; notReady: number }>
  storageClasses?: ReadonlyMap<string, { waitsForConsumer: boolean; isDefault: boolean }>
  /** Mounted claims, as `namespace/name`. */
  usedClaims?: ReadonlySet<string>
  /** When the youngest pod of a workload was created, in milliseconds since the epoch, by `ownerKey`. */
  youngestPods?: ReadonlyMap<string, number>
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class'

/** Builds related data from lists; an absent list was not read. */
export function relatedOf(lists: {
  endpointSlices?: readonly KubeObject[] | undefined
  storageClasses?: readonly KubeObject[] | undefined
  pods?: readonly KubeObject[] | undefined
}): Related {
  return {
    ...(lists.endpointSlices ? { endpoints: endpointsOf(lists.endpointSlices) } : {}),
    ...(lists.storageClasses ? { storageClasses: classesOf(lists.storageClasses) } : {}),
    ...(lists.pods ? { usedClaims: claimsOf(lists.pods), youngestPods: youngestOf(lists.pods) } : {}),
  }
}

/** `namespace/name`, the key of these maps. */
export function keyOf(object: KubeObject): string {
  return `${textAt(object, 'metadata', 'namespace') ?? ''}/${textAt(object, 'metadata', 'name') ?? ''}`
}

/** `Deployment shop/web`. */
export function ownerKey(object: KubeObject): string {
  return `${textAt(object, 'kind') ?? ''} ${keyOf(object)}`
}

function youngestOf(pods: readonly KubeObject[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const pod of pods) {
    const created = timeAt(pod, 'metadata', 'creationTimestamp')
    if (created === undefined) continue
    const namespace = textAt(pod, 'metadata', 'namespace') ?? ''
    for (const { kind, name } of podOwners(pod)) {
      const key = `${kind} ${namespace}/${name}`
      found.set(key, Math.max(created, found.get(key) ?? 0))
    }
  }
  return found
}

function endpointsOf(slices: readonly KubeObject[]): Map<string, { ready: number; notReady: number }> {
  const found = new Map<string, { ready: number; notReady: number }>()
  for (const slice of slices) {
    const service = textAt(slice, 'metadata', 'labels', 'kubernetes.io/service-name')
    if (service === undefined) continue
    const key = `${textAt(slice, 'metadata', 'namespace') ?? ''}/${service}`
    const sum = found.get(key) ?? { ready: 0, notReady: 0 }
    for (const endpoint of listAt(slice, 'endpoints')) {
      // In the API an absent `ready` means ready.
      if (at(endpoint, 'conditions', 'ready') === false) sum.notReady++
      else sum.ready++
    }
    found.set(key, sum)
  }
  return found
}

function classesOf(classes: readonly KubeObject[]): Map<string, { waitsForConsumer: boolean; isDefault: boolean }> {
  return new Map(
    classes.map((one) => [
      textAt(one, 'metadata', 'name') ?? '',
      {
        waitsForConsumer: one['volumeBindingMode'] === 'WaitForFirstConsumer',
        isDefault: textAt(one, 'metadata', 'annotations', DEFAULT_CLASS) === 'true',
      },
    ]),
  )
}

function claimsOf(pods: readonly KubeObject[]): Set<string> {
  const found = new Set<string>()
  for (const pod of pods) {
    const namespace = textAt(pod, 'metadata', 'namespace') ?? ''
    for (const volume of listAt(pod, 'spec', 'volumes')) {
      const claim = textAt(volume, 'persistentVolumeClaim', 'claimName')
      if (claim !== undefined) found.add(`${namespace}/${claim}`)
      // An ephemeral volume's claim is named after pod and volume.
      const name = textAt(volume, 'name')
      if (isRecord(at(volume, 'ephemeral')) && name !== undefined)
        found.add(`${namespace}/${textAt(pod, 'metadata', 'name') ?? ''}-${name}`)
    }
  }
  return found
}
