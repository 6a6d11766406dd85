/** Gateways and routes of the Gateway API that are not accepted, or whose backends do not exist. */
import { listAt, textAt } from '../../../../shared/kubernetes/fields'
import { conditionsOf, explainCondition, isNegative } from '../../../../shared/kubernetes/health/conditions'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { routeBackends } from '../../chains/dependencies'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found, Ref } from '../../types'
import type { World } from '../../world/world'
import { backendFound } from './ingress'

const GROUP = 'gateway.networking.k8s.io'
const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute'] as const

export const gateway: Check = {
  id: 'gateway',
  reads: [`${GROUP}/HTTPRoute`],
  reference: 'https://kubernetes.io/docs/concepts/services-networking/gateway/',
  find: (world) => [
    ...world.list(`${GROUP}/Gateway`).flatMap((each) => conditionFound(each, [])),
    ...ROUTES.flatMap((kind) => world.list(`${GROUP}/${kind}`).flatMap((each) => routeFound(world, each))),
  ],
  samples: {
    fires: [
      `
- {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: shop, namespace: a}, spec: {rules: [{backendRefs: [{name: gone, port: 80}]}]}}`,
      `
- {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: shop, namespace: a}, spec: {rules: []}, status: {parents: [{conditions: [{type: Accepted, status: "False", reason: NoMatchingListenerHostname}]}]}}`,
    ],
    silent: [
      `
- {apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: shop, namespace: a}, spec: {rules: [{backendRefs: [{name: web, port: 80}]}]}, status: {parents: [{conditions: [{type: Accepted, status: "True"}]}]}}
- {kind: Service, metadata: {name: web, namespace: a}, spec: {ports: [{port: 80}]}}`,
    ],
  },
}

function routeFound(world: World, route: KubeObject): Found[] {
  const missing = routeBackends(route).flatMap((backend) => backendFound(world, route, backend))
  if (missing.length > 0) return missing
  const gateways = listAt(route, 'spec', 'parentRefs').flatMap((each): Ref[] => {
    const name = textAt(each, 'name')
    return name === undefined
      ? []
      : [{ kind: `${GROUP}/Gateway`, namespace: textAt(each, 'namespace') ?? route.metadata.namespace, name }]
  })
  const gone = gateways.find((ref) => world.isMissing(ref))
  if (gone)
    return [
      {
        ...conditionBase(route),
        cause: msg('route-gateway', { name: gone.name }),
        next: msg('next-route-gateway'),
        evidence: [],
        because: [gone],
      },
    ]
  return listAt(route, 'status', 'parents').flatMap((parent) => conditionFound({ ...route, status: parent }, gateways))
}

function conditionFound(object: KubeObject, because: Ref[]): Found[] {
  const failing = conditionsOf(object).find(({ type, status }) => status === (isNegative(type) ? 'True' : 'False'))
  if (!failing) return []
  return [
    {
      ...conditionBase(object),
      cause: msg('not-accepted', { condition: failing.type, reason: failing.reason ?? failing.status }),
      next: msg('next-not-accepted'),
      evidence: [fact('status', explainCondition(failing))],
      because,
    },
  ]
}

function conditionBase(object: KubeObject): Pick<Found, 'object' | 'severity' | 'certainty'> {
  return { object: refOf(object), severity: 'critical', certainty: 'certain' }
}
