/** Pods that a node evicted a short while ago. */
import { timeAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import { troubledPods } from '../../world/troubled-pods'
import type { TroubledPod } from '../../world/troubled-pods'
import type { World } from '../../world/world'

/** In milliseconds; an older one is a leftover that its owner has replaced. */
const LATELY = 6 * 60 * 60_000

export const evicted: Check = {
  id: 'evicted',
  reads: ['Pod'],
  reference: 'https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/',
  find: (world) => troubledPods(world).flatMap((pod) => findIn(world, pod)),
  samples: {
    fires: [
      `
- {kind: Pod, metadata: {name: t}, spec: {nodeName: n1, containers: [{name: t}]}, status: {phase: Failed, reason: Evicted, message: "The node was low on resource: memory.", startTime: "2026-11-29T11:00:00Z"}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: t}, spec: {nodeName: n1, containers: [{name: t}]}, status: {phase: Failed, reason: Evicted, message: "The node was low on resource: memory.", startTime: "2026-11-20T11:00:00Z"}}`,
    ],
  },
}

function findIn(world: World, { object, facts }: TroubledPod): Found[] {
  if (facts.reason !== 'Evicted') return []
  const at = timeAt(object, 'status', 'startTime') ?? facts.created
  if (world.now - at > LATELY) return []
  const resource = /low on resource: ([\w-]+)/.exec(facts.message ?? '')?.[1]
  return [
    {
      object: refOf(object),
      severity: 'warning',
      certainty: 'certain',
      cause: resource === undefined ? msg('pod-evicted') : msg('pod-evicted-resource', { resource }),
      next: msg('next-pod-evicted'),
      evidence: facts.message === undefined ? [] : [fact('status', facts.message)],
      isPerNamespace: true,
      because: facts.node === undefined ? [] : [{ kind: 'Node', name: facts.node }],
    },
  ]
}
