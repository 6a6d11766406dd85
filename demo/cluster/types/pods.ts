/** Pods: the fields that the builders fill and the printers read. */
import type { Condition, Json, KubeObject, StringMap } from './meta'

export interface Container {
  name: string
  image: string
  imagePullPolicy: string
  command?: string[]
  args?: string[]
  ports?: { name?: string; containerPort: number; protocol: string }[]
  env?: Json[]
  envFrom?: Json[]
  resources: { requests?: StringMap; limits?: StringMap }
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[]
  terminationMessagePath: string
  terminationMessagePolicy: string
}

export interface PodSpec {
  containers: Container[]
  volumes?: Json[]
  nodeName?: string
  nodeSelector?: StringMap
  hostNetwork?: boolean
  restartPolicy: string
  schedulerName: string
  serviceAccountName?: string
  serviceAccount?: string
  dnsPolicy: string
  enableServiceLinks?: boolean
  preemptionPolicy?: string
  priority?: number
  priorityClassName?: string
  securityContext: { [key: string]: Json }
  terminationGracePeriodSeconds: number
  tolerations?: Json[]
}

export interface PodTemplate {
  metadata: { labels: StringMap; annotations?: StringMap; creationTimestamp?: null; name?: string }
  spec: PodSpec
}

export interface Terminated {
  exitCode: number
  reason: string
  startedAt: string
  finishedAt: string
  containerID: string
}

export interface ContainerState {
  waiting?: { reason: string; message?: string }
  running?: { startedAt: string }
  terminated?: Terminated
}

export interface ContainerStatus {
  name: string
  image: string
  imageID: string
  containerID?: string
  ready: boolean
  started: boolean
  restartCount: number
  state: ContainerState
  lastState: ContainerState
}

export interface PodStatus {
  phase: string
  reason?: string
  conditions: Condition[]
  hostIP?: string
  hostIPs?: { ip: string }[]
  podIP?: string
  podIPs?: { ip: string }[]
  startTime?: string
  qosClass: string
  containerStatuses?: ContainerStatus[]
}

export interface Pod extends KubeObject {
  spec: PodSpec
  status: PodStatus
}
