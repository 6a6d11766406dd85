/** `kubectl get` of Nodes, Namespaces, events, configuration and storage. */
import type {
  ConfigMap,
  KubeEvent,
  Lease,
  Namespace,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Secret,
  ServiceAccount,
  StorageClass,
} from '../types'
import { ageColumn, column, nameColumn, since, wide, type Column } from './columns'

const ROLE = 'node-role.kubernetes.io/'

export const nodeColumns: Column<Node>[] = [
  nameColumn,
  column('Status', (node) => {
    const ready = node.status.conditions.find((each) => each.type === 'Ready')
    const status = ready?.status === 'True' ? 'Ready' : 'NotReady'
    return node.spec.unschedulable ? `${status},SchedulingDisabled` : status
  }),
  column('Roles', (node) => {
    const keys = Object.keys(node.metadata.labels ?? {}).filter((key) => key.startsWith(ROLE))
    return keys.length === 0 ? '<none>' : keys.map((key) => key.slice(ROLE.length)).join(',')
  }),
  ageColumn,
  column('Version', (node) => node.status.nodeInfo.kubeletVersion),
  wide('Internal-IP', (node) => node.status.addresses.find((each) => each.type === 'InternalIP')?.address ?? '<none>'),
  wide('External-IP', () => '<none>'),
  wide('OS-Image', (node) => node.status.nodeInfo.osImage),
  wide('Kernel-Version', (node) => node.status.nodeInfo.kernelVersion),
  wide('Container-Runtime', (node) => node.status.nodeInfo.containerRuntimeVersion),
]

export const namespaceColumns: Column<Namespace>[] = [
  nameColumn,
  column('Status', (each) => each.status.phase),
  ageColumn,
]

export const eventColumns: Column<KubeEvent>[] = [
  column('Last Seen', (event, now) => since(event.lastTimestamp, now)),
  column('Type', (event) => event.type),
  column('Reason', (event) => event.reason),
  column('Object', (event) => `${event.involvedObject.kind.toLowerCase()}/${event.involvedObject.name}`),
  wide('Subobject', (event) => event.involvedObject.fieldPath ?? ''),
  wide('Source', ({ source }) => (source.host ? `${source.component}, ${source.host}` : source.component)),
  column('Message', (event) => event.message),
  wide('First Seen', (event, now) => since(event.firstTimestamp, now)),
  wide('Count', (event) => event.count),
  { ...nameColumn, priority: 1 },
]

export const configMapColumns: Column<ConfigMap>[] = [
  nameColumn,
  column('Data', (each) => Object.keys({ ...each.data, ...each.binaryData }).length),
  ageColumn,
]

export const secretColumns: Column<Secret>[] = [
  nameColumn,
  column('Type', (each) => each.type),
  column('Data', (each) => Object.keys(each.data ?? {}).length),
  ageColumn,
]

export const serviceAccountColumns: Column<ServiceAccount>[] = [
  nameColumn,
  column('Secrets', (each) => each.secrets?.length ?? 0),
  ageColumn,
]

const shortModes: Record<string, string> = { ReadWriteOnce: 'RWO', ReadOnlyMany: 'ROX', ReadWriteMany: 'RWX' }
const accessModes = (modes: string[]) => modes.map((mode) => shortModes[mode] ?? mode).join(',')

export const claimColumns: Column<PersistentVolumeClaim>[] = [
  nameColumn,
  column('Status', (each) => each.status.phase),
  column('Volume', (each) => each.spec.volumeName),
  column('Capacity', (each) => each.status.capacity.storage ?? ''),
  column('Access Modes', (each) => accessModes(each.status.accessModes)),
  column('StorageClass', (each) => each.spec.storageClassName),
  column('VolumeAttributesClass', () => '<unset>'),
  ageColumn,
  wide('VolumeMode', (each) => each.spec.volumeMode),
]

export const volumeColumns: Column<PersistentVolume>[] = [
  nameColumn,
  column('Capacity', (each) => each.spec.capacity.storage ?? ''),
  column('Access Modes', (each) => accessModes(each.spec.accessModes)),
  column('Reclaim Policy', (each) => each.spec.persistentVolumeReclaimPolicy),
  column('Status', (each) => each.status.phase),
  column('Claim', (each) => `${each.spec.claimRef.namespace}/${each.spec.claimRef.name}`),
  column('StorageClass', (each) => each.spec.storageClassName),
  column('VolumeAttributesClass', () => '<unset>'),
  column('Reason', () => ''),
  ageColumn,
  wide('VolumeMode', (each) => each.spec.volumeMode),
]

export const storageClassColumns: Column<StorageClass>[] = [
  {
    ...nameColumn,
    cell: ({ metadata: { name, annotations } }) =>
      annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true' ? `${name} (default)` : name,
  },
  column('Provisioner', (each) => each.provisioner),
  column('ReclaimPolicy', (each) => each.reclaimPolicy),
  column('VolumeBindingMode', (each) => each.volumeBindingMode),
  column('AllowVolumeExpansion', () => 'false'),
  ageColumn,
]

export const leaseColumns: Column<Lease>[] = [
  nameColumn,
  column('Holder', (each) => each.spec.holderIdentity),
  ageColumn,
]
