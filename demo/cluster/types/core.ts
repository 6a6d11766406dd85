/** Nodes, Namespaces, configuration, storage and events. */
import type { Condition, Json, KubeObject, ObjectReference, StringMap } from './meta'

export interface Node extends KubeObject {
  spec: { podCIDR: string; podCIDRs: string[]; providerID: string; taints?: Json[]; unschedulable?: boolean }
  status: {
    capacity: StringMap
    allocatable: StringMap
    conditions: Condition[]
    addresses: { type: string; address: string }[]
    nodeInfo: {
      kubeletVersion: string
      osImage: string
      kernelVersion: string
      containerRuntimeVersion: string
      [key: string]: string
    }
    images: Json[]
  }
}

export interface Namespace extends KubeObject {
  spec: { finalizers: string[] }
  status: { phase: string }
}

export interface ConfigMap extends KubeObject {
  data?: StringMap
  binaryData?: StringMap
}

export interface Secret extends KubeObject {
  type: string
  data?: StringMap
}

export interface ServiceAccount extends KubeObject {
  secrets?: { name: string }[]
}

export interface PersistentVolumeClaim extends KubeObject {
  spec: {
    accessModes: string[]
    storageClassName: string
    volumeName: string
    volumeMode: string
    resources: { requests: StringMap }
  }
  status: { phase: string; accessModes: string[]; capacity: StringMap }
}

export interface PersistentVolume extends KubeObject {
  spec: {
    accessModes: string[]
    capacity: StringMap
    claimRef: { kind: string; namespace: string; name: string; uid: string }
    persistentVolumeReclaimPolicy: string
    storageClassName: string
    volumeMode: string
    [key: string]: Json
  }
  status: { phase: string }
}

export interface StorageClass extends KubeObject {
  provisioner: string
  reclaimPolicy: string
  volumeBindingMode: string
}

export interface Lease extends KubeObject {
  spec: { holderIdentity: string; leaseDurationSeconds: number; renewTime: string }
}

export interface KubeEvent extends KubeObject {
  involvedObject: ObjectReference
  type: 'Normal' | 'Warning'
  reason: string
  message: string
  source: { component: string; host?: string }
  reportingComponent: string
  reportingInstance: string
  firstTimestamp: string
  lastTimestamp: string
  eventTime: null
  count: number
}

export interface PodMetrics extends KubeObject {
  timestamp: string
  window: string
  containers: { name: string; usage: { cpu: string; memory: string } }[]
}

export interface NodeMetrics extends KubeObject {
  timestamp: string
  window: string
  usage: { cpu: string; memory: string }
}
