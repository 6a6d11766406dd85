/** An Ingress whose Service, port, class or certificate does not exist. */
import { listAt, numberAt, textAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { ingressBackends } from '../../chains/dependencies'
import type { Backend } from '../../chains/dependencies'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found, Ref } from '../../types'
import type { World } from '../../world/world'

const CLASS = 'networking.k8s.io/IngressClass'
const DEFAULT_CLASS = 'ingressclass.kubernetes.io/is-default-class'
const OLD_CLASS = 'kubernetes.io/ingress.class'

export const ingress: Check = {
  id: 'ingress',
  reads: ['networking.k8s.io/Ingress', 'Service'],
  reference: 'https://kubernetes.io/docs/concepts/services-networking/ingress/',
  find: (world) => world.list('networking.k8s.io/Ingress').flatMap((each) => findIn(world, each)),
  samples: {
    fires: [
      `
- {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: shop, namespace: a}, spec: {rules: [{host: x, http: {paths: [{path: /, backend: {service: {name: gone, port: {number: 80}}}}]}}]}}`,
      `
- {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: shop, namespace: a}, spec: {defaultBackend: {service: {name: web, port: {number: 81}}}}}
- {kind: Service, metadata: {name: web, namespace: a}, spec: {ports: [{port: 80}]}}`,
      `
- {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: shop, namespace: a}, spec: {tls: [{secretName: gone-tls}], defaultBackend: {service: {name: web, port: {number: 80}}}}}
- {kind: Service, metadata: {name: web, namespace: a}, spec: {ports: [{port: 80}]}}`,
      `
- {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: shop, namespace: a}, spec: {ingressClassName: ngnix, defaultBackend: {service: {name: web, port: {number: 80}}}}}
- {apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx}}
- {kind: Service, metadata: {name: web, namespace: a}, spec: {ports: [{port: 80}]}}`,
    ],
    silent: [
      `
- {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: shop, namespace: a}, spec: {tls: [{secretName: shop-tls}], rules: [{http: {paths: [{path: /, backend: {service: {name: web, port: {name: http}}}}]}}]}}
- {kind: Service, metadata: {name: web, namespace: a}, spec: {ports: [{name: http, port: 80}]}}
- {kind: Secret, metadata: {name: shop-tls, namespace: a}}
- {apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-1, namespace: a, labels: {kubernetes.io/service-name: web}}, endpoints: [{conditions: {ready: true}}]}`,
    ],
  },
}

function findIn(world: World, object: KubeObject): Found[] {
  return [
    ...ingressBackends(object).flatMap((backend) => backendFound(world, object, backend)),
    ...secrets(object)
      .filter((ref) => world.isMissing(ref))
      .map((ref) =>
        found(object, 'warning', msg('ingress-secret', { name: ref.name }), msg('next-ingress-secret'), [ref]),
      ),
    ...classFound(world, object),
    ...silentBackends(world, object),
  ]
}

/** What a Service without endpoints breaks. */
function silentBackends(world: World, object: KubeObject): Found[] {
  return ingressBackends(object).flatMap(({ service }): Found[] => {
    if (world.readyEndpoints(service) !== 0 || !world.find(service)) return []
    const cause = msg('backend-silent', { name: service.name })
    return [{ ...found(object, 'critical', cause, msg('next-workload-short'), [service]), onlyAsEffect: true }]
  })
}

export function backendFound(world: World, object: KubeObject, { service, port }: Backend): Found[] {
  if (world.isMissing(service))
    return [
      found(object, 'critical', msg('backend-missing', { name: service.name }), msg('next-backend-missing'), [service]),
    ]
  const live = world.find(service)
  if (!live || port === undefined || textAt(live, 'spec', 'type') === 'ExternalName') return []
  const ports = listAt(live, 'spec', 'ports')
  if (ports.some((each) => numberAt(each, 'port') === port || textAt(each, 'name') === port)) return []
  const names = ports.map((each) => [numberAt(each, 'port'), textAt(each, 'name')].filter(Boolean).join(' ')).join(', ')
  return [
    {
      ...found(object, 'critical', msg('backend-port', { name: service.name, port }), msg('next-backend-port'), []),
      evidence: [fact('spec', msg('evidence-ports', { ports: names }), `Service ${service.name}`)],
    },
  ]
}

function secrets(object: KubeObject): Ref[] {
  return listAt(object, 'spec', 'tls').flatMap((each) => {
    const name = textAt(each, 'secretName')
    return name === undefined ? [] : [{ kind: 'Secret', namespace: object.metadata.namespace, name }]
  })
}

function classFound(world: World, object: KubeObject): Found[] {
  const classes = world.list(CLASS)
  const name = textAt(object, 'spec', 'ingressClassName')
  if (name !== undefined) {
    // Without any class the controllers of this cluster may not use them.
    if (classes.length === 0 || !world.isMissing({ kind: CLASS, name })) return []
    return [
      {
        ...found(object, 'critical', msg('ingress-class', { name }), msg('next-ingress-class'), []),
        evidence: [
          fact('spec', msg('evidence-classes', { names: classes.map((each) => each.metadata.name).join(', ') })),
        ],
      },
    ]
  }
  const isDefault = classes.some(({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true')
  if (isDefault || classes.length < 2 || object.metadata.annotations?.[OLD_CLASS] !== undefined) return []
  return [
    {
      ...found(object, 'warning', msg('ingress-no-class'), msg('next-ingress-class'), []),
      certainty: 'possible',
      evidence: [
        fact('spec', msg('evidence-classes', { names: classes.map((each) => each.metadata.name).join(', ') })),
      ],
    },
  ]
}

function found(
  object: KubeObject,
  severity: Found['severity'],
  cause: Found['cause'],
  next: Found['next'],
  because: Ref[],
): Found {
  return { object: refOf(object), severity, certainty: 'certain', cause, next, evidence: [], because }
}
