/** Everything that is in the demo cluster at one moment. Nothing is kept: each moment is built anew from the tables. */
import { buildCronJob, buildJob } from './build/batch'
import { buildConfigMaps, buildNamespaces, buildSecrets, buildServiceAccounts } from './build/config'
import { buildDaemonSet, buildDeployment, buildReplicaSet, buildStatefulSet } from './build/controllers'
import { buildEvents } from './build/events'
import { buildEndpoints, buildEndpointSlices, buildIngresses, buildServices } from './build/network'
import { buildLeases, buildNodes } from './build/nodes'
import { addressBook, buildPods } from './build/pods'
import { buildClaims, buildStorageClasses, buildVolumes } from './build/storage'
import type { LogScript } from './data/logs'
import type { Workload } from './data/workload'
import { workloads } from './data/workloads'
import type { Scene } from './scene'
import type { DaemonSet, Deployment, Job, KubeEvent, KubeObject, Node, Pod, ReplicaSet, StatefulSet } from './types'

export type Snapshot = ReturnType<typeof takeSnapshot>

interface Controlled {
  deployments: Deployment[]
  replicaSets: ReplicaSet[]
  statefulSets: StatefulSet[]
  daemonSets: DaemonSet[]
  jobs: Job[]
  pods: Pod[]
  /** What the container of each pod writes, by the pod's uid. */
  logScripts: Map<string, LogScript>
  events: KubeEvent[]
}

export function takeSnapshot(scene: Scene) {
  const nodes = buildNodes(scene)
  const controlled = buildWorkloads(scene, nodes)
  const services = buildServices(scene)
  const endpoints = buildEndpoints(scene, controlled.pods)
  return {
    ...controlled,
    nodes,
    leases: buildLeases(scene),
    namespaces: buildNamespaces(scene),
    serviceAccounts: buildServiceAccounts(scene),
    configMaps: buildConfigMaps(scene),
    secrets: buildSecrets(scene),
    services,
    endpoints,
    endpointSlices: buildEndpointSlices(scene, services, endpoints),
    ingresses: buildIngresses(scene),
    cronJobs: [buildCronJob(scene)],
    claims: buildClaims(scene),
    volumes: buildVolumes(scene),
    storageClasses: buildStorageClasses(scene),
  }
}

function buildWorkloads(scene: Scene, nodes: Node[]): Controlled {
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
  const addresses = addressBook()
  for (const workload of workloads) {
    const controllers = buildControllers(scene, workload, nodes, found)
    const owner = controllers.at(-1)
    if (!owner) continue
    const pods = buildPods(scene, workload, owner, addresses)
    found.pods.push(...pods)
    for (const pod of pods) found.logScripts.set(pod.metadata.uid, workload.log)
    found.events.push(...buildEvents(scene, workload, controllers, pods))
  }
  return found
}

/** Adds the controllers of a workload to what was found; returns them, the direct owner of the pods last. */
function buildControllers(scene: Scene, workload: Workload, nodes: Node[], found: Controlled): KubeObject[] {
  switch (workload.kind) {
    case 'Deployment': {
      const deployment = buildDeployment(scene, workload)
      const replicaSet = buildReplicaSet(scene, workload, deployment)
      found.deployments.push(deployment)
      found.replicaSets.push(replicaSet)
      return [deployment, replicaSet]
    }
    case 'StatefulSet': {
      const statefulSet = buildStatefulSet(scene, workload)
      found.statefulSets.push(statefulSet)
      return [statefulSet]
    }
    case 'DaemonSet': {
      const daemonSet = buildDaemonSet(scene, workload)
      found.daemonSets.push(daemonSet)
      return [daemonSet]
    }
    case 'Job': {
      const job = buildJob(scene, workload)
      found.jobs.push(job)
      return [job]
    }
    case 'StaticPod':
      return nodes.filter((node) => workload.nodes.includes(node.metadata.name))
  }
}
