/**
 * The Kubernetes objects of the demo cluster: the API's own types, which leave nearly every field optional, with those
 * filled in that the demo always serves.
 */
import type * as apps from 'kubernetes-types/apps/v1'
import type * as autoscaling from 'kubernetes-types/autoscaling/v2'
import type * as batch from 'kubernetes-types/batch/v1'
import type * as coordination from 'kubernetes-types/coordination/v1'
import type * as core from 'kubernetes-types/core/v1'
import type * as discovery from 'kubernetes-types/discovery/v1'
import type * as meta from 'kubernetes-types/meta/v1'
import type * as networking from 'kubernetes-types/networking/v1'
import type * as storage from 'kubernetes-types/storage/v1'

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }
export type StringMap = Record<string, string>

type Filled<T, K extends keyof T> = T & { [P in K]-?: NonNullable<T[P]> }
/** The same, with other types for some fields. */
type With<T, Fields> = Omit<T, keyof Fields> & Fields

export type OwnerReference = Filled<meta.OwnerReference, 'controller'>
export type Metadata = With<
  Filled<meta.ObjectMeta, 'name' | 'uid' | 'resourceVersion' | 'creationTimestamp'>,
  { ownerReferences?: OwnerReference[] }
>

export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: Metadata
}

type Kind<T, Fields = unknown> = KubeObject & Omit<T, keyof KubeObject | keyof Fields> & Fields
/** As clients write it: the status is the controller's. */
export type Desired<T> = Omit<T, 'status'>

/** Of any kind: some have more times than others, and a probe that never ran is null. */
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
export interface Conditions {
  conditions: Condition[]
}

export type LabelSelector = Filled<meta.LabelSelector, 'matchLabels'>
interface Selecting {
  selector: LabelSelector
  template: PodTemplate
}
interface Replicated extends Selecting {
  replicas: number
}

export type Container = Filled<
  core.Container,
  'image' | 'imagePullPolicy' | 'resources' | 'terminationMessagePath' | 'terminationMessagePolicy'
>
export type PodSpec = With<
  Filled<core.PodSpec, 'restartPolicy' | 'schedulerName' | 'dnsPolicy' | 'securityContext'>,
  { containers: Container[] }
>
export interface PodTemplate {
  metadata: With<meta.ObjectMeta, { labels: StringMap; creationTimestamp?: null }>
  spec: PodSpec
}
type Terminated = Filled<core.ContainerStateTerminated, 'reason' | 'startedAt' | 'finishedAt' | 'containerID'>
export interface ContainerState {
  waiting?: Filled<core.ContainerStateWaiting, 'reason'>
  running?: Filled<core.ContainerStateRunning, 'startedAt'>
  terminated?: Terminated
}
export type ContainerStatus = With<core.ContainerStatus, { state: ContainerState; lastState: ContainerState }>
export type PodStatus = With<
  Filled<core.PodStatus, 'phase' | 'qosClass'>,
  Conditions & { containerStatuses?: ContainerStatus[] }
>
export type Toleration = core.Toleration
export type Volume = core.Volume
export type Pod = Kind<core.Pod, { spec: PodSpec; status: PodStatus }>

export type Deployment = Kind<
  apps.Deployment,
  {
    spec: With<apps.DeploymentSpec, Replicated>
    status: With<Filled<apps.DeploymentStatus, 'replicas' | 'updatedReplicas'>, Conditions>
  }
>
export type ReplicaSet = Kind<
  apps.ReplicaSet,
  { spec: With<apps.ReplicaSetSpec, Replicated>; status: apps.ReplicaSetStatus }
>
export type StatefulSet = Kind<
  apps.StatefulSet,
  {
    spec: With<apps.StatefulSetSpec, Replicated & { serviceName?: string; volumeClaimTemplates?: object[] }>
    status: apps.StatefulSetStatus
  }
>
export type DaemonSet = Kind<
  apps.DaemonSet,
  {
    spec: With<apps.DaemonSetSpec, Selecting>
    status: Filled<apps.DaemonSetStatus, 'updatedNumberScheduled' | 'numberAvailable'>
  }
>
export type ControllerRevision = Kind<apps.ControllerRevision, { data: { spec: { template: PodTemplate } } }>
type JobSpec = With<batch.JobSpec, { template: PodTemplate; selector?: LabelSelector; completions: number }>
export type Job = Kind<
  batch.Job,
  { spec: With<JobSpec, Selecting>; status: With<Filled<batch.JobStatus, 'startTime'>, Conditions> }
>
export type CronJob = Kind<
  batch.CronJob,
  { spec: With<batch.CronJobSpec, { jobTemplate: { spec: JobSpec } }>; status: batch.CronJobStatus }
>

export type Autoscaler = Kind<
  autoscaling.HorizontalPodAutoscaler,
  {
    spec: autoscaling.HorizontalPodAutoscalerSpec
    status?: Partial<With<autoscaling.HorizontalPodAutoscalerStatus, Conditions>>
  }
>
export type ResourceQuota = Kind<core.ResourceQuota>

export type Node = Kind<
  core.Node,
  {
    spec: Filled<core.NodeSpec, 'podCIDR'>
    status: With<Filled<core.NodeStatus, 'nodeInfo' | 'addresses'>, Conditions>
  }
>
export type Namespace = Kind<core.Namespace, { spec: core.NamespaceSpec; status: { phase: string } }>
export type ConfigMap = Kind<core.ConfigMap>
export type Secret = Kind<core.Secret, { type: string }>
export type ServiceAccount = Kind<core.ServiceAccount>
export type Lease = Kind<coordination.Lease, { spec: Filled<coordination.LeaseSpec, 'holderIdentity'> }>

export type PersistentVolumeClaim = Kind<
  core.PersistentVolumeClaim,
  {
    spec: Filled<core.PersistentVolumeClaimSpec, 'accessModes' | 'storageClassName' | 'volumeName' | 'volumeMode'>
    status: Filled<core.PersistentVolumeClaimStatus, 'phase' | 'accessModes' | 'capacity'>
  }
>
export type PersistentVolume = Kind<
  core.PersistentVolume,
  {
    spec: Filled<
      core.PersistentVolumeSpec,
      'accessModes' | 'capacity' | 'claimRef' | 'persistentVolumeReclaimPolicy' | 'storageClassName' | 'volumeMode'
    >
    status: { phase: string }
  }
>
export type StorageClass = Kind<Filled<storage.StorageClass, 'reclaimPolicy' | 'volumeBindingMode'>>

export type KubeEvent = Kind<
  core.Event,
  {
    involvedObject: Filled<core.ObjectReference, 'kind' | 'name' | 'uid'>
    type: 'Normal' | 'Warning'
    reason: string
    message: string
    source: { component: string; host?: string }
    reportingComponent: string
    firstTimestamp: string
    lastTimestamp: string
    eventTime: null
    count: number
  }
>

export type ServicePort = Filled<core.ServicePort, 'targetPort' | 'protocol'>
interface Balanced {
  status: { loadBalancer: { ingress?: { ip: string }[] } }
}
export type Service = Kind<
  core.Service,
  Balanced & { spec: With<Filled<core.ServiceSpec, 'type' | 'clusterIP'>, { ports: ServicePort[] }> }
>
export type EndpointAddress = core.EndpointAddress
export type Endpoints = Kind<core.Endpoints, { subsets?: Filled<core.EndpointSubset, 'ports'>[] }>
export type EndpointSlice = Kind<discovery.EndpointSlice, { ports: Filled<discovery.EndpointPort, 'port'>[] }>
export type Ingress = Kind<
  networking.Ingress,
  Balanced & {
    spec: With<Filled<networking.IngressSpec, 'ingressClassName'>, { rules: { host: string; http?: unknown }[] }>
  }
>

/** Metrics are not part of the API itself. */
interface Measured {
  timestamp: string
  window: string
}
type Usage = Record<'cpu' | 'memory', string>
export type PodMetrics = KubeObject & Measured & { containers: { name: string; usage: Usage }[] }
export type NodeMetrics = KubeObject & Measured & { usage: Usage }
