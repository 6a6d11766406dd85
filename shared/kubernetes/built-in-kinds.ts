/** The kinds that Kubernetes itself serves. The cluster's discovery wins over this table wherever it is known. */
import type { KindNames } from './api'

type Row = Omit<KindNames, 'kind' | 'singular'>

function namespaced(apiVersion: string, plural: string, ...shortNames: string[]): Row {
  return { ...groupVersion(apiVersion), plural, shortNames, namespaced: true }
}

function clusterScoped(apiVersion: string, plural: string, ...shortNames: string[]): Row {
  return { ...groupVersion(apiVersion), plural, shortNames, namespaced: false }
}

function groupVersion(apiVersion: string) {
  const [version = '', group = ''] = apiVersion.split('/').reverse()
  return { group, version }
}

const ADMISSION = 'admissionregistration.k8s.io/v1'
const AUTHORIZATION = 'rbac.authorization.k8s.io/v1'
const FLOW_CONTROL = 'flowcontrol.apiserver.k8s.io/v1'
const NETWORKING = 'networking.k8s.io/v1'
const STORAGE = 'storage.k8s.io/v1'

const ROWS = {
  ComponentStatus: clusterScoped('v1', 'componentstatuses', 'cs'),
  ConfigMap: namespaced('v1', 'configmaps', 'cm'),
  Endpoints: namespaced('v1', 'endpoints', 'ep'),
  Event: namespaced('v1', 'events', 'ev'),
  LimitRange: namespaced('v1', 'limitranges', 'limits'),
  Namespace: clusterScoped('v1', 'namespaces', 'ns'),
  Node: clusterScoped('v1', 'nodes', 'no'),
  PersistentVolume: clusterScoped('v1', 'persistentvolumes', 'pv'),
  PersistentVolumeClaim: namespaced('v1', 'persistentvolumeclaims', 'pvc'),
  Pod: namespaced('v1', 'pods', 'po'),
  PodTemplate: namespaced('v1', 'podtemplates'),
  ReplicationController: namespaced('v1', 'replicationcontrollers', 'rc'),
  ResourceQuota: namespaced('v1', 'resourcequotas', 'quota'),
  Secret: namespaced('v1', 'secrets'),
  Service: namespaced('v1', 'services', 'svc'),
  ServiceAccount: namespaced('v1', 'serviceaccounts', 'sa'),
  MutatingWebhookConfiguration: clusterScoped(ADMISSION, 'mutatingwebhookconfigurations'),
  ValidatingAdmissionPolicy: clusterScoped(ADMISSION, 'validatingadmissionpolicies'),
  ValidatingAdmissionPolicyBinding: clusterScoped(ADMISSION, 'validatingadmissionpolicybindings'),
  ValidatingWebhookConfiguration: clusterScoped(ADMISSION, 'validatingwebhookconfigurations'),
  CustomResourceDefinition: clusterScoped('apiextensions.k8s.io/v1', 'customresourcedefinitions', 'crd', 'crds'),
  APIService: clusterScoped('apiregistration.k8s.io/v1', 'apiservices'),
  ControllerRevision: namespaced('apps/v1', 'controllerrevisions'),
  DaemonSet: namespaced('apps/v1', 'daemonsets', 'ds'),
  Deployment: namespaced('apps/v1', 'deployments', 'deploy'),
  ReplicaSet: namespaced('apps/v1', 'replicasets', 'rs'),
  StatefulSet: namespaced('apps/v1', 'statefulsets', 'sts'),
  HorizontalPodAutoscaler: namespaced('autoscaling/v2', 'horizontalpodautoscalers', 'hpa'),
  CronJob: namespaced('batch/v1', 'cronjobs', 'cj'),
  Job: namespaced('batch/v1', 'jobs'),
  CertificateSigningRequest: clusterScoped('certificates.k8s.io/v1', 'certificatesigningrequests', 'csr'),
  Lease: namespaced('coordination.k8s.io/v1', 'leases'),
  EndpointSlice: namespaced('discovery.k8s.io/v1', 'endpointslices'),
  FlowSchema: clusterScoped(FLOW_CONTROL, 'flowschemas'),
  PriorityLevelConfiguration: clusterScoped(FLOW_CONTROL, 'prioritylevelconfigurations'),
  Ingress: namespaced(NETWORKING, 'ingresses', 'ing'),
  IngressClass: clusterScoped(NETWORKING, 'ingressclasses'),
  NetworkPolicy: namespaced(NETWORKING, 'networkpolicies', 'netpol'),
  RuntimeClass: clusterScoped('node.k8s.io/v1', 'runtimeclasses'),
  PodDisruptionBudget: namespaced('policy/v1', 'poddisruptionbudgets', 'pdb'),
  ClusterRole: clusterScoped(AUTHORIZATION, 'clusterroles'),
  ClusterRoleBinding: clusterScoped(AUTHORIZATION, 'clusterrolebindings'),
  Role: namespaced(AUTHORIZATION, 'roles'),
  RoleBinding: namespaced(AUTHORIZATION, 'rolebindings'),
  PriorityClass: clusterScoped('scheduling.k8s.io/v1', 'priorityclasses', 'pc'),
  CSIDriver: clusterScoped(STORAGE, 'csidrivers'),
  CSINode: clusterScoped(STORAGE, 'csinodes'),
  CSIStorageCapacity: namespaced(STORAGE, 'csistoragecapacities'),
  StorageClass: clusterScoped(STORAGE, 'storageclasses', 'sc'),
  VolumeAttachment: clusterScoped(STORAGE, 'volumeattachments'),
} satisfies Record<string, Row>

export type BuiltInKind = keyof typeof ROWS

export const BUILT_IN_KINDS: readonly KindNames[] = Object.entries(ROWS).map(([kind, row]) => namesOf(kind, row))

export function builtInKind(kind: BuiltInKind): KindNames {
  return namesOf(kind, ROWS[kind])
}

/** The built-in kind of this name: its kind, singular, plural or a short name, in any case. */
export function builtInKindNamed(name: string): KindNames | undefined {
  const word = name.toLowerCase()
  return BUILT_IN_KINDS.find(
    ({ singular, plural, shortNames }) => singular === word || plural === word || shortNames.includes(word),
  )
}

function namesOf(kind: string, row: Row): KindNames {
  return { kind, singular: kind.toLowerCase(), ...row }
}
