/** The controllers' pods: names, nodes and owners. */
import { nodes } from '../data/nodes'
import { digest, metadata, uidOf, type Scene } from '../scene'
import { present, START_DELAY_MS, type PodSet, type Revision, type Slot } from '../state/pod-set'
import type { KubeObject, Pod, StringMap } from '../types'
import { crashLoop } from './crash-loop'
import { podStatus } from './pod-status'
import { podSpec } from './pod-template'

/** Assigns pod IPs, node by node, in call order. */
export type AddressBook = (node: string) => { hostIP: string; podIP: string } | undefined

export function addressBook(): AddressBook {
  const taken = new Map<string, number>()
  return (node) => {
    const count = taken.get(node) ?? 0
    taken.set(node, count + 1)
    return addressOf(node, count + 2)
  }
}

/** @param host the last part of the address */
export function addressOf(node: string, host: number): { hostIP: string; podIP: string } | undefined {
  const row = nodes.find((each) => each.name === node)
  return row && { hostIP: row.ip, podIP: row.podCIDR.replace('.0/24', `.${host}`) }
}

/**
 * The pods of one revision of a controller.
 * @param owner the controlling object: for a Deployment its ReplicaSet, for a static pod its Node
 */
export function buildPods(scene: Scene, podSet: PodSet, revision: Revision, owner: KubeObject): Pod[] {
  return present(revision.slots, scene.now).map((slot) => buildPod(scene, podSet, revision, owner, slot))
}

function buildPod(scene: Scene, podSet: PodSet, revision: Revision, owner: KubeObject, slot: Slot): Pod {
  const { namespace } = podSet
  const { name, node, createdAt } = slot
  const firstStart = createdAt + START_DELAY_MS
  const crashed = revision.behaviour === 'crash-loop' ? crashLoop(firstStart, scene.now).finishedAt : createdAt
  const place = addressOf(node, slot.address)
  // A reused name belongs to another pod.
  const uid = uidOf('Pod', namespace, slot.serial === undefined ? name : `${name}@${slot.serial}`)
  const isStatic = podSet.kind === 'StaticPod'
  const { template } = revision
  const annotations = isStatic ? { 'kubernetes.io/config.source': 'file' } : template.metadata.annotations
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...metadata(scene, {
        kind: 'Pod',
        namespace,
        name,
        createdAt,
        changedAt: Math.max(createdAt, Math.min(crashed, scene.now)),
        generateName: isStatic ? undefined : `${owner.metadata.name}-`,
        labels: podLabels(podSet, revision, owner, slot),
        annotations,
        owner,
      }),
      uid,
    },
    spec: podSpec(template.spec, { name, node, claim: podSet.row?.claim?.name, isStatic }),
    status: podStatus(scene, revision, {
      name,
      namespace,
      uid,
      createdAt,
      hostIP: place?.hostIP,
      podIP: template.spec.hostNetwork ? place?.hostIP : place?.podIP,
    }),
  }
}

function podLabels(podSet: PodSet, revision: Revision, owner: KubeObject, slot: Slot): StringMap {
  const { labels } = revision.template.metadata
  const hash = digest(`revision/${podSet.namespace}/${podSet.name}${revision.number > 1 ? revision.number : ''}`)
  switch (podSet.kind) {
    case 'Deployment':
      return { ...labels, ...owner.metadata.labels }
    case 'StatefulSet':
      return {
        ...labels,
        'apps.kubernetes.io/pod-index': String(slot.index),
        'controller-revision-hash': `${podSet.name}-${hash.slice(0, 10)}`,
        'statefulset.kubernetes.io/pod-name': slot.name,
      }
    case 'DaemonSet':
      return {
        ...labels,
        'controller-revision-hash': hash.slice(0, 10),
        'pod-template-generation': String(revision.number),
      }
    case 'Job':
      return { ...labels, ...jobLabels(owner) }
    case 'ReplicaSet':
    case 'StaticPod':
      return labels
  }
}

/** The Job controller's pod labels, in old and new form. */
export function jobLabels(job: { metadata: { name: string; uid: string } }): StringMap {
  return {
    'batch.kubernetes.io/controller-uid': job.metadata.uid,
    'batch.kubernetes.io/job-name': job.metadata.name,
    'controller-uid': job.metadata.uid,
    'job-name': job.metadata.name,
  }
}
