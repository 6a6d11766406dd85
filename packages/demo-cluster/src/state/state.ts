/**
 * Everything that clients have written, and the resulting pods. The rest of the cluster is rebuilt from the tables for each request.
 */
import { WORKERS } from '../data/workload'
import { resourceVersion, type Scene } from '../scene'
import type {
  Autoscaler,
  ConfigMap,
  CronJob,
  DaemonSet,
  Deployment,
  Desired,
  Ingress,
  Job,
  KubeObject,
  Namespace,
  Node,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  ReplicaSet,
  ResourceQuota,
  Secret,
  Service,
  ServiceAccount,
  StatefulSet,
  StorageClass,
} from '../types'
import type { PodSet, Room } from './pod-set'
import { initialPodSets } from './initial'
import { Layer } from './layer'

/** Host parts of addresses, above those of the tables. */
const FIRST_ADDRESS = 100
const ADDRESSES = 150

export class State {
  readonly configMaps = new Layer<ConfigMap>()
  readonly secrets = new Layer<Secret>()
  readonly services = new Layer<Service>()
  readonly serviceAccounts = new Layer<ServiceAccount>()
  readonly namespaces = new Layer<Namespace>()
  readonly nodes = new Layer<Desired<Node>>()
  readonly claims = new Layer<PersistentVolumeClaim>()
  readonly volumes = new Layer<PersistentVolume>()
  readonly storageClasses = new Layer<StorageClass>()
  readonly autoscalers = new Layer<Autoscaler>()
  readonly quotas = new Layer<ResourceQuota>()
  readonly ingresses = new Layer<Ingress>()
  readonly deployments = new Layer<Desired<Deployment>>()
  readonly replicaSets = new Layer<Desired<ReplicaSet>>()
  readonly statefulSets = new Layer<Desired<StatefulSet>>()
  readonly daemonSets = new Layer<Desired<DaemonSet>>()
  readonly cronJobs = new Layer<CronJob>()
  readonly jobs = new Layer<Desired<Job>>()
  /** Pods that no controller made. */
  readonly pods = new Layer<Pod>()
  /** Pods of controllers: of these, labels and annotations alone were written. */
  readonly labelledPods = new Layer<Desired<Pod>>()
  /** By kind and name of the controller. */
  readonly podSets: Map<string, PodSet>
  private readonly others = new Map<string, Layer<KubeObject>>()
  private written = 0
  private serial = 0

  /** @param startedAt milliseconds since the epoch */
  constructor(startedAt: number) {
    this.podSets = new Map(initialPodSets(startedAt).map((podSet) => [podSetKey(podSet), podSet]))
  }

  /** Objects of a kind without initial objects, stored unchanged. */
  other(plural: string): Layer<KubeObject> {
    const layer = this.others.get(plural) ?? new Layer<KubeObject>()
    this.others.set(plural, layer)
    return layer
  }

  /** The resource version of a list: none of its objects has a higher one. */
  version(scene: Scene): string {
    return String(Math.max(this.written, Number(resourceVersion(scene, scene.now))))
  }

  /** The resource version of an object that is being written: higher than any before. */
  nextVersion(scene: Scene): string {
    this.written = Number(this.version(scene)) + 1
    return String(this.written)
  }

  readonly room: Room = {
    nextPod: () => {
      this.serial += 1
      return { serial: this.serial, address: FIRST_ADDRESS + (this.serial % ADDRESSES) }
    },
    // Where all are cordoned, one has to do: the demo has no scheduler that would wait.
    nodes: () => {
      const open = WORKERS.filter((name) => !this.nodes.get({ metadata: { name } })?.spec.unschedulable)
      return open.length > 0 ? open : WORKERS
    },
  }
}

export function podSetKey({ kind, namespace, name }: Pick<PodSet, 'kind' | 'namespace' | 'name'>): string {
  return `${kind}/${namespace}/${name}`
}
