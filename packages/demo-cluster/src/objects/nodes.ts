/** Nodes and the Leases of their heartbeats. */
import { KUBERNETES_VERSION, nodeCapacity, nodes, type NodeRow } from '../data/nodes'
import { before, digest, metadata, timestamp, uidOf, type Scene } from '../scene'
import type { Condition, Lease, Node, StringMap } from '../types'

const CONTROL_PLANE_ROLE = 'node-role.kubernetes.io/control-plane'
const HEARTBEAT_SECONDS = 10

export function buildNodes(scene: Scene): Node[] {
  return nodes.map((row) => buildNode(scene, row))
}

function buildNode(scene: Scene, row: NodeRow): Node {
  const createdAt = before(scene, row.age)
  const seed = digest(row.name)
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: metadata(scene, {
      kind: 'Node',
      name: row.name,
      createdAt,
      changedAt: lastHeartbeat(scene),
      labels: labels(row),
      annotations: { 'node.alpha.kubernetes.io/ttl': '0' },
    }),
    spec: {
      podCIDR: row.podCIDR,
      podCIDRs: [row.podCIDR],
      providerID: `demo://${row.name}`,
      ...(row.controlPlane && { taints: [{ effect: 'NoSchedule', key: CONTROL_PLANE_ROLE }] }),
    },
    status: {
      addresses: [
        { type: 'InternalIP', address: row.ip },
        { type: 'Hostname', address: row.name },
      ],
      allocatable: nodeCapacity,
      capacity: nodeCapacity,
      conditions: conditions(scene, createdAt),
      images: [],
      nodeInfo: {
        architecture: 'amd64',
        bootID: uidOf('Boot', '', row.name),
        containerRuntimeVersion: 'containerd://2.1.1',
        kernelVersion: '6.1.0-35-amd64',
        kubeProxyVersion: '',
        kubeletVersion: KUBERNETES_VERSION,
        machineID: seed.slice(0, 32),
        operatingSystem: 'linux',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        systemUUID: uidOf('System', '', row.name),
      },
    },
  }
}

function labels(row: NodeRow): StringMap {
  return {
    'beta.kubernetes.io/arch': 'amd64',
    'beta.kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'kubernetes.io/hostname': row.name,
    'kubernetes.io/os': 'linux',
    ...(row.controlPlane && { [CONTROL_PLANE_ROLE]: '' }),
  }
}

function lastHeartbeat(scene: Scene): number {
  const step = HEARTBEAT_SECONDS * 1000
  return scene.startedAt + Math.floor((scene.now - scene.startedAt) / step) * step
}

function conditions(scene: Scene, createdAt: number): Condition[] {
  const condition = (type: string, status: Condition['status'], reason: string, message: string): Condition => ({
    lastHeartbeatTime: timestamp(lastHeartbeat(scene)),
    lastTransitionTime: timestamp(createdAt),
    message,
    reason,
    status,
    type,
  })
  return [
    condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    condition('PIDPressure', 'False', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status'),
  ]
}

/** One Lease for each node: `kubectl describe node` reads it. */
export function buildLeases(scene: Scene): Lease[] {
  return nodes.map((row) => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: metadata(scene, {
      kind: 'Lease',
      name: row.name,
      namespace: 'kube-node-lease',
      createdAt: before(scene, row.age),
      changedAt: lastHeartbeat(scene),
    }),
    spec: {
      holderIdentity: row.name,
      leaseDurationSeconds: 40,
      // metav1.MicroTime
      renewTime: new Date(lastHeartbeat(scene)).toISOString().replace('Z', '000Z'),
    },
  }))
}
