/** The objects that own pods. */
import type { Condition, Json, KubeObject, LabelSelector } from './meta'
import type { PodTemplate } from './pods'

export interface Deployment extends KubeObject {
  spec: { replicas: number; selector: LabelSelector; template: PodTemplate; strategy: Json; [key: string]: unknown }
  status: {
    replicas: number
    updatedReplicas: number
    readyReplicas?: number
    availableReplicas?: number
    unavailableReplicas?: number
    observedGeneration: number
    conditions: Condition[]
  }
}

export interface ReplicaSet extends KubeObject {
  spec: { replicas: number; selector: LabelSelector; template: PodTemplate }
  status: {
    replicas: number
    fullyLabeledReplicas: number
    readyReplicas?: number
    availableReplicas?: number
    observedGeneration: number
  }
}

export interface StatefulSet extends KubeObject {
  spec: { replicas: number; selector: LabelSelector; template: PodTemplate; [key: string]: unknown }
  status: { replicas: number; readyReplicas?: number; [key: string]: Json | undefined }
}

export interface DaemonSet extends KubeObject {
  spec: { selector: LabelSelector; template: PodTemplate; [key: string]: unknown }
  status: {
    desiredNumberScheduled: number
    currentNumberScheduled: number
    numberReady: number
    updatedNumberScheduled: number
    numberAvailable: number
    numberMisscheduled: number
    observedGeneration: number
  }
}

export interface JobSpec {
  parallelism: number
  completions: number
  backoffLimit: number
  completionMode: string
  suspend: boolean
  selector?: LabelSelector
  template: PodTemplate
}

export interface Job extends KubeObject {
  spec: JobSpec
  status: {
    active?: number
    succeeded?: number
    ready: number
    startTime: string
    completionTime?: string
    conditions: Condition[]
  }
}

export interface CronJob extends KubeObject {
  spec: {
    schedule: string
    timeZone?: string
    suspend: boolean
    jobTemplate: { spec: Omit<JobSpec, 'completionMode' | 'suspend'> }
    [key: string]: unknown
  }
  status: { active?: Json[]; lastScheduleTime?: string; lastSuccessfulTime?: string }
}

/** As clients write it: the status is the controller's. */
export type Desired<T> = Omit<T, 'status'>
