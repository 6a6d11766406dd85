/** The pods of the workloads: their names, places and owners. */
import { nodes } from '../data/nodes'
import type { Workload } from '../data/workload'
import { before, digest, metadata, safeSuffix, uidOf, type Scene } from '../scene'
import type { KubeObject, Pod, StringMap } from '../types'
import { crashLoop } from './crash-loop'
import { podStatus, START_DELAY_MS } from './pod-status'
import { podSpec, selectorLabels } from './pod-template'

/** Gives out pod IPs, node by node, in the order it is asked. */
export type AddressBook = (node: string) => { hostIP: string; podIP: string } | undefined

export function addressBook(): AddressBook {
  const taken = new Map<string, number>()
  return (node) => {
    const row = nodes.find((each) => each.name === node)
    if (!row) return undefined
    const count = taken.get(node) ?? 0
    taken.set(node, count + 1)
    return { hostIP: row.ip, podIP: row.podCIDR.replace('.0/24', `.${count + 2}`) }
  }
}

/**
 * The pods of one workload.
 * @param owner the object that controls them: for a Deployment its ReplicaSet, for a static pod its Node
 */
export function buildPods(scene: Scene, workload: Workload, owner: KubeObject, addresses: AddressBook): Pod[] {
  return workload.nodes.map((node, index) => buildPod(scene, workload, owner, node, index, addresses))
}

function buildPod(
  scene: Scene,
  workload: Workload,
  owner: KubeObject,
  node: string,
  index: number,
  addresses: AddressBook,
): Pod {
  const { namespace } = workload
  const name = podName(workload, owner, node, index)
  // The pods of a Deployment come within seconds, those of a StatefulSet one after the other.
  const createdAt = before(scene, workload.age) + index * (workload.kind === 'StatefulSet' ? 8000 : 3000)
  const changedAt =
    workload.behaviour === 'crash-loop' ? crashLoop(createdAt + START_DELAY_MS, scene.now).finishedAt : createdAt
  const place = addresses(node)
  const uid = uidOf('Pod', namespace, name)
  const generated = workload.kind !== 'StaticPod'
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadata(scene, {
      kind: 'Pod',
      namespace,
      name,
      createdAt,
      changedAt,
      generateName: generated ? `${owner.metadata.name}-` : undefined,
      labels: podLabels(workload, owner, name, index),
      annotations: generated ? undefined : { 'kubernetes.io/config.source': 'file' },
      owner,
    }),
    spec: podSpec(workload, name, node),
    status: podStatus(scene, workload, {
      name,
      uid,
      createdAt,
      hostIP: place?.hostIP,
      podIP: workload.hostNetwork ? place?.hostIP : place?.podIP,
    }),
  }
}

function podName(workload: Workload, owner: KubeObject, node: string, index: number): string {
  if (workload.kind === 'StaticPod') return `${workload.name}-${node}`
  if (workload.kind === 'StatefulSet') return `${workload.name}-${index}`
  return `${owner.metadata.name}-${safeSuffix(`${workload.namespace}/${owner.metadata.name}/${index}`, 5)}`
}

function podLabels(workload: Workload, owner: KubeObject, name: string, index: number): StringMap {
  const revision = digest(`revision/${workload.namespace}/${workload.name}`).slice(0, 10)
  switch (workload.kind) {
    case 'Deployment':
      return { ...owner.metadata.labels }
    case 'StatefulSet':
      return {
        ...selectorLabels(workload),
        'apps.kubernetes.io/pod-index': String(index),
        'controller-revision-hash': `${workload.name}-${revision}`,
        'statefulset.kubernetes.io/pod-name': name,
      }
    case 'DaemonSet':
      return { ...selectorLabels(workload), 'controller-revision-hash': revision, 'pod-template-generation': '1' }
    case 'Job':
      return jobLabels(owner)
    case 'StaticPod':
      return selectorLabels(workload)
  }
}

/** The labels that the Job controller puts on its pods, new and old names. */
export function jobLabels(job: { metadata: { name: string; uid: string } }): StringMap {
  return {
    'batch.kubernetes.io/controller-uid': job.metadata.uid,
    'batch.kubernetes.io/job-name': job.metadata.name,
    'controller-uid': job.metadata.uid,
    'job-name': job.metadata.name,
  }
}
