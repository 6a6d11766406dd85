/** The claims of the StatefulSets, the volumes that serve them, and their class. */
import { CLUSTER_AGE, type Workload } from '../data/workload'
import { workloads } from '../data/workloads'
import { before, metadata, uidOf, type Scene } from '../scene'
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
}

function claims(): ClaimRow[] {
  return workloads.flatMap((workload) => {
    const { claim } = workload
    if (!claim) return []
    return workload.nodes.map((_node, index) => {
      const name = `${claim.name}-${workload.name}-${index}`
      const uid = uidOf('PersistentVolumeClaim', workload.namespace, name)
      return { workload, name, size: claim.size, uid, volume: `pvc-${uid}` }
    })
  })
}

export function buildClaims(scene: Scene): PersistentVolumeClaim[] {
  return claims().map(({ workload, name, size, volume }) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata(scene, {
      kind: 'PersistentVolumeClaim',
      namespace: workload.namespace,
      name,
      createdAt: before(scene, workload.age),
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

export function buildVolumes(scene: Scene): PersistentVolume[] {
  return claims().map(({ workload, name, size, uid, volume }) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: metadata(scene, { kind: 'PersistentVolume', name: volume, createdAt: before(scene, workload.age) }),
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
