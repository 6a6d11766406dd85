/** A namespace whose deletion does not end. */
import { conditionsOf } from '../../../../shared/kubernetes/health/conditions'
import { secondsSince } from '../../../../shared/kubernetes/health/health'
import { timeAt } from '../../../../shared/kubernetes/fields'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import type { World } from '../../world/world'

/** In seconds. */
const USUAL = 60

export const namespace: Check = {
  id: 'namespace',
  reads: ['Namespace'],
  reference: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
  find: (world) => world.list('Namespace').flatMap((each) => findIn(world, each)),
  samples: {
    fires: [
      `
- {kind: Namespace, metadata: {name: old, deletionTimestamp: "2026-11-29T10:00:00Z"}, status: {phase: Terminating, conditions: [{type: NamespaceFinalizersRemaining, status: "True", reason: SomeFinalizersRemain, message: "Some content in the namespace has finalizers remaining: example.com/keep in 1 resource instances"}]}}`,
    ],
    silent: [
      `
- {kind: Namespace, metadata: {name: old, deletionTimestamp: "2026-11-29T11:59:50Z"}, status: {phase: Terminating}}`,
      `
- {kind: Namespace, metadata: {name: ok}, status: {phase: Active}}`,
    ],
  },
}

function findIn(world: World, object: KubeObject): Found[] {
  const age = secondsSince(timeAt(object, 'metadata', 'deletionTimestamp'), world.now)
  const remaining = conditionsOf(object).filter(({ status }) => status === 'True')
  // The controller reports finalizers after its first pass.
  const usual = remaining.some(({ type }) => /FinalizersRemaining|DiscoveryFailure/.test(type)) ? 10 : USUAL
  if (age === undefined || age < usual) return []
  const isDiscovery = remaining.some(({ type }) => type === 'NamespaceDeletionDiscoveryFailure')
  const unavailable = world.list('apiregistration.k8s.io/APIService').map(refOf)
  return [
    {
      object: refOf(object),
      severity: 'warning',
      certainty: 'certain',
      cause: isDiscovery ? msg('namespace-discovery') : msg('namespace-stuck'),
      next: isDiscovery ? msg('next-namespace-discovery') : msg('next-namespace-stuck'),
      evidence: remaining.slice(0, 3).map(({ message, type }) => fact('status', message ?? type)),
      because: isDiscovery ? unavailable : [],
    },
  ]
}
