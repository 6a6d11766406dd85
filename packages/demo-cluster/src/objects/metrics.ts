/** Simulated metrics: usage as a share of requests, constant for each container. */
import { parseQuantity } from '#shared/kubernetes/quantities'
import { digest, timestamp, type Scene } from '../scene'
import type { Container, Node, NodeMetrics, Pod, PodMetrics } from '../types'

const WINDOW = '15s'
const MI = 1024 * 1024
/** For a container without requests. */
const DEFAULT = { cpu: 20, memory: 40 * MI }
/** A node's own usage. */
const SYSTEM = { cpu: 120, memory: 700 * MI }

/** CPU in millicores, memory in bytes. */
interface Usage {
  cpu: number
  memory: number
}

export function buildPodMetrics(scene: Scene, pods: Pod[]): PodMetrics[] {
  return pods.flatMap((pod) => {
    const running = (pod.status.containerStatuses ?? []).filter(({ state }) => state.running).map(({ name }) => name)
    const containers = pod.spec.containers
      .filter(({ name }) => running.includes(name))
      .map((container) => ({ name: container.name, usage: written(usageOf(container, pod.metadata.uid)) }))
    if (containers.length === 0) return []
    const { name, namespace, labels, uid, creationTimestamp, resourceVersion } = pod.metadata
    const metadata = { name, namespace, labels, uid, creationTimestamp, resourceVersion }
    return [{ apiVersion: 'metrics.k8s.io/v1beta1', kind: 'PodMetrics', metadata, ...taken(scene), containers }]
  })
}

export function buildNodeMetrics(scene: Scene, nodes: Node[], pods: Pod[], metrics: PodMetrics[]): NodeMetrics[] {
  const nodeOf = new Map(pods.map(({ metadata, spec }) => [metadata.uid, spec.nodeName]))
  return nodes.map(({ metadata: { name, labels, uid, creationTimestamp, resourceVersion } }) => {
    const usages = metrics
      .filter(({ metadata }) => nodeOf.get(metadata.uid) === name)
      .flatMap(({ containers }) => containers.map(({ usage }) => read(usage)))
    const cpu = usages.reduce((sum, usage) => sum + usage.cpu, SYSTEM.cpu)
    const memory = usages.reduce((sum, usage) => sum + usage.memory, SYSTEM.memory)
    const metadata = { name, labels, uid, creationTimestamp, resourceVersion }
    const usage = written({ cpu, memory })
    return { apiVersion: 'metrics.k8s.io/v1beta1', kind: 'NodeMetrics', metadata, ...taken(scene), usage }
  })
}

function usageOf({ name, resources: { requests } }: Container, uid: string): Usage {
  const asked = read({ cpu: '', memory: '', ...requests })
  // Between a quarter and three quarters.
  const share = 0.25 + parseInt(digest(`${uid}/${name}`).slice(0, 4), 16) / 0x20000
  return { cpu: (asked.cpu || DEFAULT.cpu) * share, memory: (asked.memory || DEFAULT.memory) * share }
}

/** In millicores and bytes. */
function read(quantities: { cpu: string; memory: string }): Usage {
  return {
    cpu: (parseQuantity(quantities.cpu) ?? 0) * 1000,
    memory: parseQuantity(quantities.memory) ?? 0,
  }
}

/** Formats quantities like metrics-server. */
function written({ cpu, memory }: Usage) {
  return { cpu: `${Math.round(cpu * 1e6)}n`, memory: `${Math.round(memory / 1024)}Ki` }
}

function taken(scene: Scene) {
  return { timestamp: timestamp(scene.now), window: WINDOW }
}
