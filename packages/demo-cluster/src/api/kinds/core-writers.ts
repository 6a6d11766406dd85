/** Server and controller behaviour for written Pods, Services, Namespaces and Nodes. */
import { isDeepStrictEqual } from 'node:util'
import { addressOf } from '../../objects/pods'
import { podSpec } from '../../objects/pod-template'
import { namespace, node, service } from '../../schemas/core'
import { pod } from '../../schemas/pods'
import { replacePod } from '../../state/controllers'
import type { Desired, KubeObject, Node, Pod, Service } from '../../types'
import { StatusError } from '../status'
import { plainWriter, writer, type Remover, type WriteContext, type Writer } from '../writer'

function same(one: KubeObject, other: KubeObject): boolean {
  return one.metadata.name === other.metadata.name && one.metadata.namespace === other.metadata.namespace
}

/** The current pod, and whether a controller made it. */
function livePod({ snapshot, state }: WriteContext, object: KubeObject): { pod?: Pod; ofController: boolean } {
  const live = snapshot.pods.find((each) => same(each, object))
  return { pod: live, ofController: live !== undefined && state.pods.get(live) === undefined }
}

const barePodWriter = writer<Desired<Pod>, Pod>({
  schema: pod,
  complete: ({ state }, given) => {
    const before = state.pods.get(given)
    const { name } = given.metadata
    const { address: host } = state.room.nextPod()
    const nodes = state.room.nodes()
    const bound = before?.spec.nodeName ?? given.spec.nodeName ?? nodes[host % nodes.length] ?? ''
    const place = before?.status ?? addressOf(bound, host)
    const status = { conditions: [], phase: 'Pending', qosClass: 'BestEffort', ...place }
    return { ...given, spec: before?.spec ?? podSpec(given.spec, { name, node: bound, isStatic: false }), status }
  },
  layer: ({ state }) => state.pods,
})

const controlledPodWriter = plainWriter<Desired<Pod>>(pod, (state) => state.labelledPods)

export const podWriter: Writer = {
  prepare: (context, given) => {
    const read = pod.parse(given)
    const live = livePod(context, read)
    // Parses both, so that a missing default makes no difference.
    if (live.pod && !isDeepStrictEqual(read.spec, pod.parse(live.pod).spec)) {
      const { name } = read.metadata
      const message = `Pod "${name}" is invalid: spec: Forbidden: the demo cluster changes labels and annotations of a pod, and nothing else`
      throw new StatusError(422, 'Invalid', message, { name, kind: 'Pod' })
    }
    return (live.ofController ? controlledPodWriter : barePodWriter).prepare(context, given)
  },
}

export const removePod: Remover = (context, object) => {
  const { state, scene } = context
  const { name, namespace: where = '' } = object.metadata
  if (livePod(context, object).ofController) replacePod(state, scene, where, name)
  state.pods.forget(object)
  state.labelledPods.forget(object)
}

const NODE_PORTS = 31_000

export const serviceWriter: Writer = writer<Service, Service>({
  schema: service,
  complete: ({ state, snapshot }, given) => {
    const before = snapshot.services.find((each) => same(each, given))?.spec
    const { type } = given.spec
    const { address: number } = state.room.nextPod()
    const clusterIP =
      given.spec.clusterIP || before?.clusterIP || (type === 'ExternalName' ? '' : `10.96.200.${number}`)
    const open = type === 'NodePort' || type === 'LoadBalancer'
    const ports = given.spec.ports.map((port, index) => {
      const known = before?.ports.find((each) => each.port === port.port)?.nodePort
      return open ? { ...port, nodePort: port.nodePort ?? known ?? NODE_PORTS + number + index } : port
    })
    // From TEST-NET-3 (RFC 5737), like the addresses in the tables.
    const balancer = given.status.loadBalancer.ingress ?? [{ ip: `203.0.113.${number}` }]
    return {
      ...given,
      spec: { ...given.spec, clusterIP, clusterIPs: clusterIP ? [clusterIP] : [], ports },
      status: { loadBalancer: type === 'LoadBalancer' ? { ingress: balancer } : {} },
    }
  },
  layer: ({ state }) => state.services,
})

/** The automatic contents of a new namespace may have been deleted with an older one of its name. */
export const namespaceWriter: Writer = plainWriter(
  namespace,
  (state) => state.namespaces,
  ({ state }, { apiVersion, metadata: { name, ...rest } }) => {
    const of = (kind: string, own: string) => ({ apiVersion, kind, metadata: { ...rest, name: own, namespace: name } })
    state.serviceAccounts.forget(of('ServiceAccount', 'default'))
    state.configMaps.forget(of('ConfigMap', 'kube-root-ca.crt'))
  },
)

export const nodeWriter: Writer = plainWriter<Desired<Node>>(node, (state) => state.nodes)
