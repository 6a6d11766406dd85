/** Who wrote an object and when, from its `managedFields`. */
import { ownersOf } from '../../changes/ownership/managers'
import type { FieldOwner } from '../../changes/ownership/managers'
import { controllerOf } from '../../changes/managers/owners/owner-references'
import { refOf } from '../../diagnose/ref'
import type { Ref } from '../../diagnose/types'
import type { KubeObject } from '../../kubernetes/types'

export interface Write extends FieldOwner {
  /** When this writer last changed a field, in milliseconds since the epoch; NaN if it is not recorded. */
  at: number
}

export interface Written {
  ref: Ref
  object: KubeObject
  /** Milliseconds since the epoch. */
  createdAt: number
  /** Another object's controller made it. */
  isControlled: boolean
  /** Newest first. */
  writes: Write[]
}

/** Kinds that controllers write all the time, or whose history is read elsewhere. */
const LEFT_OUT = new Set(['Pod', 'ReplicaSet', 'ControllerRevision', 'EndpointSlice', 'Endpoints', 'Lease', 'Event'])

/** Components of the cluster, which carry out what others have declared. */
const ROUTINE =
  /^(?:kube-controller-manager|kube-scheduler|kubelet|kube-apiserver|kube-proxy|cloud-controller-manager|k3s|rke2|cert-manager-cainjector)$/

export function isRoutine({ manager }: Pick<FieldOwner, 'manager'>): boolean {
  return ROUTINE.test(manager)
}

/**
 * @param since milliseconds since the epoch
 * @returns undefined if nobody wrote it since then
 */
export function writtenSince(object: KubeObject, since: number): Written | undefined {
  if (LEFT_OUT.has(object.kind ?? '')) return undefined
  const createdAt = Date.parse(object.metadata.creationTimestamp ?? '')
  const writes = ownersOf(object)
    .map((owner) => ({ ...owner, at: Date.parse(owner.time ?? '') }))
    // Entries of the subresource `scale` have no time.
    .filter(({ at, subresource }) => at >= since || subresource === 'scale')
    .sort((one, other) => (other.at || 0) - (one.at || 0))
  if (
    writes.every((write) => isRoutine(write) && write.subresource !== 'scale') &&
    !(createdAt >= since) &&
    object.metadata.deletionTimestamp === undefined
  )
    return undefined
  const controller = controllerOf(object)
  return { ref: refOf(object), object, createdAt, isControlled: controller !== undefined, writes }
}
