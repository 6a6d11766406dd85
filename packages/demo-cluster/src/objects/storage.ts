/** The StatefulSets' claims, their volumes, and the storage class. */
import { CLUSTER_AGE, type Workload } from '../data/workload'
import { before, metadata, uidOf, type Scene } from '../scene'
import type { State } from '../state/state'
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../types'
import { selectorLabels } from './pod-template'

const CLASS = 'standard'
const MODES = ['ReadWriteOnce']

interface ClaimRow {
  workload: Workload
  name: string
  size: string
  uid: string
  volume: string
  createdAt: number
}

/** One for each ordinal; a claim outlives its pod. */
function claims(state: State): ClaimRow[] {
  return [...state.podSets.values()].flatMap(({ row: workload, ordinals }) => {
    const claim = workload?.claim
    if (!workload || !claim) return []
    return ordinals.map((createdAt, index) => {
      const name = `${claim.name}-${workload.name}-${index}`
      const uid = uidOf('PersistentVolumeClaim', workload.namespace, name)
      return { workload, name, size: claim.size, uid, volume: `pvc-${uid}`, createdAt }
    })
  })
}

export function buildClaims(scene: Scene, state: State): PersistentVolumeClaim[] {
  return claims(state).map(({ workload, name, size, volume, createdAt }) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata(scene, {
      kind: 'PersistentVolumeClaim',
      namespace: workload.namespace,
      name,
      createdAt,
      labels: selectorLabels(workload),
      annotations: { 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' },
    }),
    spec: {
      accessModes: MODES,
      resources: { requests: { storage: size } },
      storageClassName: CLASS,
      volumeMode: 'Filesystem',
      volumeName: volume,
    },
    status: { accessModes: MODES, capacity: { storage: size }, phase: 'Bound' },
  }))
}

export function buildVolumes(scene: Scene, state: State): PersistentVolume[] {
  return claims(state).map(({ workload, name, size, uid, volume, createdAt }) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: metadata(scene, { kind: 'PersistentVolume', name: volume, createdAt }),
    spec: {
      accessModes: MODES,
      capacity: { storage: size },
      claimRef: { kind: 'PersistentVolumeClaim', name, namespace: workload.namespace, uid },
      hostPath: { path: `/var/local-path-provisioner/${volume}`, type: 'DirectoryOrCreate' },
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: CLASS,
      volumeMode: 'Filesystem',
    },
    status: { phase: 'Bound' },
  }))
}

export function buildStorageClasses(scene: Scene): StorageClass[] {
  return [
    {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: metadata(scene, {
        kind: 'StorageClass',
        name: CLASS,
        createdAt: before(scene, CLUSTER_AGE),
        annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
      }),
      provisioner: 'rancher.io/local-path',
      reclaimPolicy: 'Delete',
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  ]
}
