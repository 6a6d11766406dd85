/** A Service of type LoadBalancer without an address. */
import { listAt, textAt } from '../../../../shared/kubernetes/fields'
import { ageOf, START_DEADLINE } from '../../../../shared/kubernetes/health/health'
import { msg } from '../../../../shared/messages/create'
import { eventFact } from '../../evidence'
import { refOf } from '../../ref'
import type { KubeObject } from '../../../kubernetes/types'
import type { Check, Found } from '../../types'
import type { World } from '../../world/world'

export const loadBalancer: Check = {
  id: 'load-balancer',
  reads: ['Service'],
  reference: 'https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer',
  find: (world) => world.list('Service').flatMap((service) => findIn(world, service)),
  samples: {
    fires: [
      `
- {kind: Service, metadata: {name: lb, namespace: a, creationTimestamp: "2026-11-29T11:30:00Z"}, spec: {type: LoadBalancer, ports: [{port: 80}]}, status: {loadBalancer: {}}}`,
    ],
    silent: [
      `
- {kind: Service, metadata: {name: lb, namespace: a, creationTimestamp: "2026-11-29T11:59:00Z"}, spec: {type: LoadBalancer, ports: [{port: 80}]}, status: {loadBalancer: {}}}`,
      `
- {kind: Service, metadata: {name: lb, namespace: a, creationTimestamp: "2026-11-29T11:00:00Z"}, spec: {type: LoadBalancer, ports: [{port: 80}]}, status: {loadBalancer: {ingress: [{ip: 192.0.2.1}]}}}`,
    ],
  },
}

function findIn(world: World, service: KubeObject): Found[] {
  if (
    textAt(service, 'spec', 'type') !== 'LoadBalancer' ||
    listAt(service, 'status', 'loadBalancer', 'ingress').length > 0
  )
    return []
  const event = world.events(service, /^(?:SyncLoadBalancerFailed|AllocationFailed|CreatingLoadBalancerFailed)$/)[0]
  if (!event && (ageOf(service, world.now) ?? 0) < START_DEADLINE) return []
  return [
    {
      object: refOf(service),
      severity: 'warning',
      certainty: event ? 'certain' : 'likely',
      cause: event ? msg('balancer-failed') : msg('balancer-pending'),
      next: event ? msg('next-balancer-failed') : msg('next-balancer-pending'),
      evidence: event ? [eventFact(event)] : [],
    },
  ]
}
