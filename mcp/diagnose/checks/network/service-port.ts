/** A Service that forwards to a port on which its pods do not listen. */
import { listAt, numberAt, textAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import { selectedPods } from '../../chains/dependencies'
import type { Check, Found } from '../../types'
import type { World } from '../../world/world'

export const servicePort: Check = {
  id: 'service-port',
  reads: ['Service', 'Pod'],
  reference: 'https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports',
  explains: ['service-endpoints'],
  find: (world) => world.list('Service').flatMap((service) => findIn(world, service)),
  samples: {
    fires: [
      `
- {kind: Service, metadata: {name: web, namespace: a}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}}
- {kind: Pod, metadata: {name: w, namespace: a, labels: {app: web}}, spec: {containers: [{name: w, ports: [{name: web, containerPort: 8080}]}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}`,
      `
- {kind: Service, metadata: {name: web, namespace: a}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8081}]}}
- {kind: Pod, metadata: {name: w, namespace: a, labels: {app: web}}, spec: {containers: [{name: w, ports: [{containerPort: 8080}]}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}`,
    ],
    silent: [
      `
- {kind: Service, metadata: {name: web, namespace: a}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: 9090}]}}
- {kind: Pod, metadata: {name: w, namespace: a, labels: {app: web}}, spec: {containers: [{name: w, ports: [{containerPort: 8080}], readinessProbe: {httpGet: {port: 9090}}}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}`,
      `
- {kind: Service, metadata: {name: web, namespace: a}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}}
- {kind: Pod, metadata: {name: w, namespace: a, labels: {app: web}}, spec: {containers: [{name: w}]}, status: {phase: Running, conditions: [{type: Ready, status: "True"}]}}`,
    ],
  },
}

function findIn(world: World, service: KubeObject): Found[] {
  const pods = selectedPods(world, service).flatMap((ref) => world.find(ref) ?? [])
  if (pods.length === 0 || !world.covers('Pod', service.metadata.namespace)) return []
  return listAt(service, 'spec', 'ports').flatMap((port): Found[] => {
    const target = numberAt(port, 'targetPort') ?? textAt(port, 'targetPort') ?? numberAt(port, 'port')
    const protocol = textAt(port, 'protocol') ?? 'TCP'
    // Declared ports are information; without any, the real ones are unknown.
    if (target === undefined || protocol !== 'TCP' || !pods.every((pod) => knownPorts(pod).declared.length > 0))
      return []
    if (pods.some((pod) => isKnown(pod, target))) return []
    const declared = [...new Set(pods.flatMap((pod) => knownPorts(pod).declared))]
    return [
      {
        object: refOf(service),
        severity: 'critical',
        certainty: typeof target === 'string' ? 'certain' : 'likely',
        cause:
          typeof target === 'string'
            ? msg('service-port-name', { port: target, ports: declared.join(', ') })
            : msg('service-port', { port: target, ports: declared.join(', ') }),
        next: msg('next-service-port'),
        evidence: [
          fact('spec', `targetPort: ${target}`),
          fact('spec', msg('evidence-ports', { ports: declared.join(', ') }), `Pod ${pods[0]?.metadata.name ?? ''}`),
        ],
      },
    ]
  })
}

function isKnown(pod: KubeObject, target: string | number): boolean {
  const { numbers, names } = knownPorts(pod)
  return typeof target === 'string' ? names.includes(target) : numbers.includes(target)
}

function knownPorts(pod: KubeObject): { declared: string[]; numbers: number[]; names: string[] } {
  const containers = listAt(pod, 'spec', 'containers')
  const sidecars = listAt(pod, 'spec', 'initContainers').filter((each) => textAt(each, 'restartPolicy') === 'Always')
  const ports = [...containers, ...sidecars].flatMap((each) => listAt(each, 'ports'))
  const probes = containers.flatMap((each) =>
    ['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap((probe) =>
      ['httpGet', 'tcpSocket', 'grpc'].flatMap((action) => numberAt(each, probe, action, 'port') ?? []),
    ),
  )
  const names = ports.flatMap((port) => textAt(port, 'name') ?? [])
  const own = ports.flatMap((port) => numberAt(port, 'containerPort') ?? [])
  const declared = ports.flatMap((port) => {
    const [number, name] = [numberAt(port, 'containerPort'), textAt(port, 'name')]
    return number === undefined ? [] : [name === undefined ? String(number) : `${number} (${name})`]
  })
  return { declared, numbers: [...own, ...probes], names }
}
