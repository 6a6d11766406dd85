/** Kinds of resources in the spellings of both servers. */
import { textAt } from './fields'
import type { KubernetesObject, ObjectRef, ResourceType } from './types'

/** Words of kubectl, singular, plural and short, for kinds that are met daily. */
const KINDS: Record<string, string[]> = {
  ConfigMap: ['configmap', 'cm'],
  CronJob: ['cronjob', 'cj'],
  CustomResourceDefinition: ['customresourcedefinition', 'crd'],
  DaemonSet: ['daemonset', 'ds'],
  Deployment: ['deployment', 'deploy'],
  HorizontalPodAutoscaler: ['horizontalpodautoscaler', 'hpa'],
  Job: ['job'],
  Namespace: ['namespace', 'ns'],
  NetworkPolicy: ['networkpolicy', 'networkpolicies', 'netpol'],
  Node: ['node', 'no'],
  PersistentVolume: ['persistentvolume', 'pv'],
  PersistentVolumeClaim: ['persistentvolumeclaim', 'pvc'],
  Pod: ['pod', 'po'],
  ReplicaSet: ['replicaset', 'rs'],
  ReplicationController: ['replicationcontroller', 'rc'],
  Secret: ['secret'],
  Service: ['service', 'svc'],
  ServiceAccount: ['serviceaccount', 'sa'],
  StatefulSet: ['statefulset', 'sts'],
  Ingress: ['ingress', 'ingresses', 'ing'],
}
const KIND_OF = new Map(
  Object.entries(KINDS).flatMap(([kind, words]) =>
    words.flatMap((word) => [[word, kind] as const, [`${word}s`, kind]]),
  ),
)

/** The kind that a word of kubectl or of a manifest stands for: `deploy`, `deployments.apps`, `Deployment`. */
export function kindOf(type: ResourceType): string {
  const word = 'kind' in type ? type.kind : type.resourceType
  const first = word.trim().split('.')[0] ?? word
  return KIND_OF.get(first.toLowerCase()) ?? first
}

/** True where any of the kinds that a word names is the kind, in any spelling kubectl takes: `ns/x`, `pods,namespaces.v1.`. */
export function namesKind(type: ResourceType, kind: string): boolean {
  const words = 'kind' in type ? type.kind : type.resourceType
  return words.split(/[\s,/]+/).some((word) => kindOf({ resourceType: word }) === kind)
}

/** What kubectl calls the type without a doubt: `Deployment.v1.apps`, `ConfigMap.v1.`. */
export function kubectlType(type: ResourceType): string {
  if ('resourceType' in type) return type.resourceType
  const [version, group] = type.apiVersion.split('/').reverse()
  return `${type.kind}.${version}.${group ?? ''}`
}

export function describeRef({ type, name }: ObjectRef): string {
  return `${kindOf(type)} ${name}`
}

/** Where an object is to be found, or undefined for what has no kind or no name. */
export function refOf(object: KubernetesObject): ObjectRef | undefined {
  const [apiVersion, kind] = [textAt(object, 'apiVersion'), textAt(object, 'kind')]
  const [name, namespace] = [textAt(object, 'metadata', 'name'), textAt(object, 'metadata', 'namespace')]
  if (!apiVersion || !kind || !name) return undefined
  return { type: { apiVersion, kind }, name, ...(namespace && { namespace }) }
}

/** Cluster-wide kinds, which have no namespace whatever a call says. */
const CLUSTER_WIDE =
  /^(?:Namespace|Node|PersistentVolume|StorageClass|ClusterRole|ClusterRoleBinding|CustomResourceDefinition|PriorityClass|IngressClass|APIService|CSIDriver|CSINode|RuntimeClass|VolumeAttachment|(?:Validating|Mutating)(?:WebhookConfiguration|AdmissionPolicy(?:Binding)?))$/

export function isClusterWide(type: ResourceType): boolean {
  return CLUSTER_WIDE.test(kindOf(type))
}
