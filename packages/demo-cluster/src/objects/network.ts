/** Services, the Endpoints and EndpointSlices of their selectors, and the Ingress. */
import { matchesLabels } from '#shared/kubernetes/selectors'
import { helmMarks } from '../data/helm'
import { ingress, services } from '../data/services'
import { before, metadata, safeSuffix, type Scene } from '../scene'
import type { EndpointAddress, Endpoints, EndpointSlice, Ingress, Pod, Service, ServicePort } from '../types'

export function buildServices(scene: Scene): Service[] {
  return services.map((row) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(scene, {
      kind: 'Service',
      namespace: row.namespace,
      name: row.name,
      createdAt: before(scene, row.age),
      labels: row.labels,
      ...helmMarks('Service', row.namespace, row.name),
    }),
    spec: {
      ...(row.type !== 'ClusterIP' && { externalTrafficPolicy: 'Cluster' }),
      ...(row.type === 'LoadBalancer' && { allocateLoadBalancerNodePorts: true }),
      clusterIP: row.clusterIP,
      clusterIPs: [row.clusterIP],
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
      ports: row.ports,
      ...(row.selector && { selector: row.selector }),
      sessionAffinity: 'None',
      type: row.type,
    },
    status: { loadBalancer: row.externalIP ? { ingress: [{ ip: row.externalIP }] } : {} },
  }))
}

/** The selected pods with an address, by readiness. */
function backends({ metadata, spec }: Service, pods: Pod[]): { ready: Pod[]; unready: Pod[] } {
  const selected = pods.filter(
    (pod) =>
      pod.metadata.namespace === metadata.namespace &&
      pod.status.podIP !== undefined &&
      pod.status.phase !== 'Succeeded' &&
      matchesLabels(spec.selector ?? {}, pod.metadata.labels ?? {}),
  )
  const isReady = (pod: Pod) => pod.status.conditions.some((each) => each.type === 'Ready' && each.status === 'True')
  return { ready: selected.filter(isReady), unready: selected.filter((pod) => !isReady(pod)) }
}

/** A named target port refers to the container port of that name. */
function targetPort(port: ServicePort, pods: Pod[]): number {
  if (typeof port.targetPort === 'number') return port.targetPort
  const ports = pods.flatMap((pod) => pod.spec.containers.flatMap((container) => container.ports ?? []))
  return ports.find((each) => each.name === port.targetPort)?.containerPort ?? port.port
}

function address(pod: Pod): EndpointAddress {
  const { name, namespace = '', uid } = pod.metadata
  return {
    ip: pod.status.podIP ?? '',
    nodeName: pod.spec.nodeName,
    targetRef: { kind: 'Pod', name, namespace, uid },
  }
}

/** The tables may name the address of a Service without a selector. */
function fixedAddress({ metadata: { namespace, name } }: Service): EndpointAddress[] | undefined {
  const row = services.find((each) => each.namespace === namespace && each.name === name)
  return row?.address && [{ ip: row.address.ip }]
}

export function buildEndpoints(scene: Scene, all: Service[], pods: Pod[]): Endpoints[] {
  return all.map((service) => {
    const { ready, unready } = backends(service, pods)
    const ports = service.spec.ports.map((port) => ({
      name: port.name,
      port: targetPort(port, [...ready, ...unready]),
      protocol: port.protocol,
    }))
    const fixed = fixedAddress(service)
    const subset = {
      ...(ready.length > 0 && { addresses: ready.map(address) }),
      ...(fixed && { addresses: fixed }),
      ...(unready.length > 0 && { notReadyAddresses: unready.map(address) }),
      ports,
    }
    const empty = !fixed && ready.length + unready.length === 0
    const { name, namespace, creationTimestamp, labels } = service.metadata
    const createdAt = Date.parse(creationTimestamp)
    return {
      apiVersion: 'v1',
      kind: 'Endpoints',
      metadata: metadata(scene, { kind: 'Endpoints', namespace, name, createdAt, labels }),
      ...(!empty && { subsets: [subset] }),
    }
  })
}

/** `kubectl describe service` and `describe ingress` read EndpointSlices, not Endpoints. */
export function buildEndpointSlices(scene: Scene, owners: Service[], endpoints: Endpoints[]): EndpointSlice[] {
  return endpoints.map((each) => {
    const { name, namespace = '', creationTimestamp } = each.metadata
    const service = owners.find((owner) => owner.metadata.namespace === namespace && owner.metadata.name === name)
    const subset = each.subsets?.[0]
    const slice = (ready: boolean) => (from: EndpointAddress) => ({
      addresses: [from.ip],
      conditions: { ready, serving: ready, terminating: false },
      ...(from.nodeName && { nodeName: from.nodeName }),
      ...(from.targetRef && { targetRef: { ...from.targetRef } }),
    })
    const generated = service?.spec.selector !== undefined
    return {
      addressType: 'IPv4',
      apiVersion: 'discovery.k8s.io/v1',
      endpoints: [
        ...(subset?.addresses ?? []).map(slice(true)),
        ...(subset?.notReadyAddresses ?? []).map(slice(false)),
      ],
      kind: 'EndpointSlice',
      metadata: metadata(scene, {
        kind: 'EndpointSlice',
        namespace,
        name: generated ? `${name}-${safeSuffix(`slice/${namespace}/${name}`, 5)}` : name,
        createdAt: Date.parse(creationTimestamp),
        generateName: generated ? `${name}-` : undefined,
        labels: { 'kubernetes.io/service-name': name },
        owner: generated ? service : undefined,
      }),
      ports: (subset?.ports ?? []).map((port) => ({ ...port, name: port.name ?? '' })),
    }
  })
}

export function buildIngresses(scene: Scene): Ingress[] {
  const { namespace, name, className, host, service, port, ip } = ingress
  const backend = { service: { name: service, port: { number: port } } }
  return [
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: metadata(scene, {
        kind: 'Ingress',
        namespace,
        name,
        createdAt: before(scene, ingress.age),
        generation: 1,
      }),
      spec: {
        ingressClassName: className,
        rules: [{ host, http: { paths: [{ backend, path: '/', pathType: 'Prefix' }] } }],
      },
      status: { loadBalancer: { ingress: [{ ip }] } },
    },
  ]
}
