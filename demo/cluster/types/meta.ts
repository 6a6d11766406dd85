/** What every object of Kubernetes has, named as in the Kubernetes API. Parts that are only passed on are `Json`. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export type StringMap = Record<string, string>

export interface OwnerReference {
  apiVersion: string
  kind: string
  name: string
  uid: string
  controller: boolean
  blockOwnerDeletion?: boolean
}

export interface Metadata {
  name: string
  namespace?: string
  generateName?: string
  uid: string
  resourceVersion: string
  generation?: number
  creationTimestamp: string
  labels?: StringMap
  annotations?: StringMap
  ownerReferences?: OwnerReference[]
}

export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: Metadata
}

export interface Condition {
  type: string
  status: 'True' | 'False' | 'Unknown'
  reason?: string
  message?: string
  lastTransitionTime?: string
  lastUpdateTime?: string
  lastProbeTime?: string | null
  lastHeartbeatTime?: string
}

export interface LabelSelector {
  matchLabels: StringMap
}

export interface ObjectReference {
  apiVersion: string
  kind: string
  name: string
  namespace?: string
  uid: string
  resourceVersion?: string
  fieldPath?: string
}

export type JsonObject = { [key: string]: Json }
