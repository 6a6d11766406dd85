/** Controllers with their pods, and standalone pods, with their data. */
import type { LogScript } from '../data/logs'
import type { Scene } from '../scene'
import { latest, type PodSet, type Revision } from '../state/pod-set'
import { podSource } from '../state/controllers'
import type { State } from '../state/state'
import type { DaemonSet, Deployment, Job, KubeEvent, KubeObject, Node, Pod, ReplicaSet, StatefulSet } from '../types'
import { buildJob, jobStatus } from './batch'
import { daemonSetStatus, deploymentStatus, replicaSetStatus, statefulSetStatus } from './controller-status'
import { buildDaemonSet, buildDeployment, buildStatefulSet, REVISION } from './controllers'
import { buildEvents, type MadePod } from './events'
import { podStatus } from './pod-status'
import { buildPods } from './pods'
import { buildReplicaSet } from './replica-sets'

interface Controlled {
  deployments: Deployment[]
  replicaSets: ReplicaSet[]
  statefulSets: StatefulSet[]
  daemonSets: DaemonSet[]
  jobs: Job[]
  pods: Pod[]
  /** Output of each pod's containers, by pod uid. */
  logScripts: Map<string, LogScript>
  events: KubeEvent[]
}

export function buildControlled(scene: Scene, state: State, nodes: Node[]): Controlled {
  const found: Controlled = {
    deployments: [],
    replicaSets: [],
    statefulSets: [],
    daemonSets: [],
    jobs: [],
    pods: [],
    logScripts: new Map(),
    events: [],
  }
  for (const podSet of state.podSets.values()) {
    const { controllers, ownerOf } = buildControllers(scene, state, podSet, nodes, found)
    const made = podSet.revisions.flatMap((source) =>
      ownerOf(source).flatMap((owner) =>
        buildPods(scene, podSet, source, owner).map((pod): MadePod => ({ pod: labelled(state, pod), source })),
      ),
    )
    add(scene, found, podSet, controllers, made)
  }
  for (const pod of state.pods.over([])) {
    const source = podSource({ metadata: { labels: {} }, spec: pod.spec })
    const { name, namespace = '', uid, creationTimestamp } = pod.metadata
    const { hostIP, podIP } = pod.status
    const place = { name, namespace, uid, createdAt: Date.parse(creationTimestamp), hostIP, podIP }
    add(scene, found, undefined, [], [{ pod: { ...pod, status: podStatus(scene, source, place) }, source }])
  }
  return found
}

function add(
  scene: Scene,
  found: Controlled,
  podSet: PodSet | undefined,
  controllers: KubeObject[],
  made: MadePod[],
): void {
  for (const { pod, source } of made) {
    found.pods.push(pod)
    found.logScripts.set(pod.metadata.uid, source.log)
  }
  found.events.push(...buildEvents(scene, podSet, controllers, made))
}

/** Only a pod's metadata may be written; the rest follows from its controller. */
function labelled(state: State, pod: Pod): Pod {
  const metadata = state.labelledPods.get(pod)?.metadata
  return metadata?.uid === pod.metadata.uid ? { ...pod, metadata } : pod
}

interface Built {
  /** Outermost first. */
  controllers: KubeObject[]
  /** The direct owner of a revision's pods; for static pods the nodes. */
  ownerOf: (revision: Revision) => KubeObject[]
}

function buildControllers(scene: Scene, state: State, podSet: PodSet, nodes: Node[], found: Controlled): Built {
  const { row } = podSet
  const none: Built = { controllers: [], ownerOf: () => [] }
  const of = (object: KubeObject): Built => ({ controllers: [object], ownerOf: () => [object] })
  const written = { metadata: podSet }
  switch (podSet.kind) {
    case 'Deployment': {
      const base = state.deployments.get(written) ?? (row && buildDeployment(scene, row))
      if (!base) return none
      const annotations = { ...base.metadata.annotations, [REVISION]: String(latest(podSet)?.number ?? 1) }
      const deployment = {
        ...base,
        metadata: { ...base.metadata, annotations },
        status: deploymentStatus(scene, base, podSet),
      }
      const sets = podSet.revisions.map((revision) => buildReplicaSet(scene, podSet, revision, deployment))
      found.deployments.push(deployment)
      found.replicaSets.push(...sets)
      const ownerOf = ({ owner }: Revision) => sets.filter(({ metadata }) => metadata.name === owner)
      return { controllers: [deployment, ...sets], ownerOf }
    }
    case 'ReplicaSet': {
      const base = state.replicaSets.get(written)
      const revision = latest(podSet)
      if (!base || !revision) return none
      const set = { ...base, status: replicaSetStatus(scene, revision, base.metadata.generation ?? 1) }
      found.replicaSets.push(set)
      return of(set)
    }
    case 'StatefulSet': {
      const base = state.statefulSets.get(written) ?? (row && buildStatefulSet(scene, row))
      if (!base) return none
      const set = { ...base, status: statefulSetStatus(scene, base.metadata.generation ?? 1, podSet) }
      found.statefulSets.push(set)
      return of(set)
    }
    case 'DaemonSet': {
      const base = state.daemonSets.get(written) ?? (row && buildDaemonSet(scene, row))
      if (!base) return none
      const set = { ...base, status: daemonSetStatus(scene, base.metadata.generation ?? 1, podSet) }
      found.daemonSets.push(set)
      return of(set)
    }
    case 'Job': {
      const built = row && buildJob(scene, row)
      const base = state.jobs.get(written) ?? built
      if (!base) return none
      const job = { ...base, status: built?.status ?? jobStatus(scene, base, latest(podSet)) }
      found.jobs.push(job)
      return of(job)
    }
    case 'StaticPod': {
      const on = nodes.filter((node) => row?.nodes.includes(node.metadata.name))
      return { controllers: on, ownerOf: () => on }
    }
  }
}
