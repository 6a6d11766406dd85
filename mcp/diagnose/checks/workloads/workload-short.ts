/** A workload with fewer pods than it wants: mostly the effect of what its pods have. */
import { numberAt } from '../../../../shared/kubernetes/fields'
import { objectHealth } from '../../../../shared/kubernetes/health/object-health'
import { condition, conditionsOf } from '../../../../shared/kubernetes/health/conditions'
import { msg } from '../../../../shared/messages/create'
import type { KubeObject } from '../../../kubernetes/types'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import type { World } from '../../world/world'

const KINDS = ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'] as const

export const workloadShort: Check = {
  id: 'workload-short',
  reads: ['apps/Deployment'],
  reference: 'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment',
  find: (world) => KINDS.flatMap((kind) => world.list(kind).flatMap((object) => findIn(world, object))),
  samples: {
    fires: [
      `
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, creationTimestamp: "2026-11-29T10:00:00Z"}, spec: {replicas: 3}, status: {replicas: 3, availableReplicas: 0, conditions: [{type: Progressing, status: "False", reason: ProgressDeadlineExceeded, message: "timed out"}]}}`,
    ],
    silent: [
      `
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 0}, status: {}}`,
      `
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, creationTimestamp: "2026-11-29T10:00:00Z"}, spec: {replicas: 3}, status: {replicas: 3, readyReplicas: 3, availableReplicas: 3, updatedReplicas: 3, conditions: [{type: Progressing, status: "True", reason: NewReplicaSetAvailable}]}}`,
    ],
  },
}

function findIn(world: World, object: KubeObject): Found[] {
  const [ready, wanted] = countsOf(object)
  const health = objectHealth(object, { now: world.now, related: world.related })
  if (ready >= wanted && health.verdict !== 'bad') return []
  if (wanted === 0) return []
  const progress = condition(conditionsOf(object), 'Progressing')
  return [
    {
      object: refOf(object),
      severity: ready === 0 ? 'critical' : 'warning',
      certainty: 'likely',
      cause: msg('workload-short', { ready, wanted }),
      next: msg('next-workload-short'),
      evidence:
        progress?.status === 'False' && progress.message !== undefined ? [fact('status', progress.message)] : [],
      // A rollout takes its time; only a late one is reported by itself.
      ...(health.verdict !== 'bad' && { onlyAsEffect: true }),
    },
  ]
}

function countsOf(object: KubeObject): [ready: number, wanted: number] {
  const number = (...path: string[]) => numberAt(object, ...path)
  switch (object.kind) {
    case 'DaemonSet':
      return [number('status', 'numberReady') ?? 0, number('status', 'desiredNumberScheduled') ?? 0]
    case 'StatefulSet':
      return [number('status', 'readyReplicas') ?? 0, number('spec', 'replicas') ?? 1]
    default:
      return [number('status', 'availableReplicas') ?? 0, number('spec', 'replicas') ?? 1]
  }
}
