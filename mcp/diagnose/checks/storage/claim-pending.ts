/** A PersistentVolumeClaim that is not bound, and a pod or nobody waits for it. */
import { at, textAt } from '../../../../shared/kubernetes/fields'
import { ageOf } from '../../../../shared/kubernetes/health/health'
import { msg } from '../../../../shared/messages/create'
import type { Message } from '../../../../shared/messages/message'
import type { KubeObject } from '../../../kubernetes/types'
import { eventFact, fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import type { World } from '../../world/world'

const CLASS = 'storage.k8s.io/StorageClass'

/** In seconds: a provisioner needs some. */
const USUAL = 120

export const claimPending: Check = {
  id: 'claim-pending',
  reads: ['PersistentVolumeClaim'],
  reference: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding',
  find: (world) => world.list('PersistentVolumeClaim').flatMap((claim) => findIn(world, claim)),
  samples: {
    fires: [
      `
- {kind: PersistentVolumeClaim, metadata: {name: d, namespace: a, creationTimestamp: "2026-11-29T11:59:00Z"}, spec: {storageClassName: fast}, status: {phase: Pending}}`,
      `
- {kind: PersistentVolumeClaim, metadata: {name: d, namespace: a, creationTimestamp: "2026-11-29T11:59:00Z"}, spec: {}, status: {phase: Pending}}`,
      `
- {kind: PersistentVolumeClaim, metadata: {name: d, namespace: a}, spec: {storageClassName: std, volumeName: v}, status: {phase: Lost}}
- {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: std}, provisioner: x}`,
    ],
    silent: [
      `
- {kind: PersistentVolumeClaim, metadata: {name: d, namespace: a, creationTimestamp: "2026-11-29T10:00:00Z"}, spec: {storageClassName: std}, status: {phase: Pending}}
- {apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: {name: std}, provisioner: x, volumeBindingMode: WaitForFirstConsumer}`,
      `
- {kind: PersistentVolumeClaim, metadata: {name: d, namespace: a}, spec: {storageClassName: gone}, status: {phase: Bound}}`,
    ],
  },
}

interface Reason {
  cause: Message
  next: Message
}

function findIn(world: World, claim: KubeObject): Found[] {
  const phase = textAt(claim, 'status', 'phase')
  if (claim.metadata.deletionTimestamp !== undefined || (phase !== 'Pending' && phase !== 'Lost')) return []
  const event = world.events(
    claim,
    /^(?:ProvisioningFailed|FailedBinding|VolumeBindingFailed|ProvisioningCleanupFailed)$/,
  )[0]
  const reason = phase === 'Lost' ? lost(claim) : reasonOf(world, claim, event !== undefined)
  if (!reason) return []
  return [
    {
      object: refOf(claim),
      severity: 'critical',
      certainty: 'certain',
      ...reason,
      evidence: event ? [eventFact(event)] : [fact('status', `phase: ${phase}`)],
    },
  ]
}

function lost(claim: KubeObject): Reason {
  return {
    cause: msg('claim-lost', { volume: textAt(claim, 'spec', 'volumeName') ?? '?' }),
    next: msg('next-claim-lost'),
  }
}

function reasonOf(world: World, claim: KubeObject, hasFailed: boolean): Reason | undefined {
  const raw = at(claim, 'spec', 'storageClassName')
  const name = typeof raw === 'string' ? raw : undefined
  const { storageClasses, usedClaims } = world.related
  if (name === '')
    return (ageOf(claim, world.now) ?? 0) > USUAL || hasFailed
      ? { cause: msg('claim-no-volume'), next: msg('next-claim-no-volume') }
      : undefined
  if (name === undefined) {
    if (!world.covers(CLASS, undefined) || [...(storageClasses?.values() ?? [])].some(({ isDefault }) => isDefault))
      return undefined
    return { cause: msg('claim-no-default-class'), next: msg('next-claim-class') }
  }
  const own = storageClasses?.get(name)
  if (!own && world.covers(CLASS, undefined)) {
    // A volume may be bound by the name of a class that does not exist.
    return { cause: msg('claim-class-missing', { name }), next: msg('next-claim-class') }
  }
  const isUsed = usedClaims?.has(`${claim.metadata.namespace ?? ''}/${claim.metadata.name}`) ?? false
  if (own?.waitsForConsumer && !isUsed) return undefined
  if (hasFailed) return { cause: msg('claim-failed', { name }), next: msg('next-claim-failed') }
  return (ageOf(claim, world.now) ?? 0) > USUAL
    ? { cause: msg('claim-waiting', { name }), next: msg('next-claim-waiting') }
    : undefined
}
