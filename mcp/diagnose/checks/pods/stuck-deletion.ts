/** Objects whose deletion does not end: finalizers that nothing removes, or a node that does not answer. */
import { textAt } from '../../../../shared/kubernetes/fields'
import { deletionHealth } from '../../../../shared/kubernetes/health/deletion'
import { msg } from '../../../../shared/messages/create'
import { fact } from '../../evidence'
import { refOf } from '../../ref'
import type { Check, Found } from '../../types'
import type { KubeObject } from '../../../kubernetes/types'
import type { World } from '../../world/world'

export const stuckDeletion: Check = {
  id: 'stuck-deletion',
  reads: ['Pod'],
  reference: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/',
  explains: ['custom-resource', 'claim-pending', 'node-lost', 'workload-short'],
  find: (world) =>
    world
      .kinds()
      .filter((kind) => kind !== 'Namespace')
      .flatMap((kind) => world.list(kind).flatMap((object) => findIn(world, object))),
  samples: {
    fires: [
      `
- {kind: PersistentVolumeClaim, metadata: {name: d, namespace: a, deletionTimestamp: "2026-11-29T11:00:00Z", finalizers: [kubernetes.io/pvc-protection]}}`,
    ],
    silent: [
      `
- {kind: Pod, metadata: {name: d, namespace: a, deletionTimestamp: "2026-11-29T12:00:20Z", deletionGracePeriodSeconds: 30}}`,
      `
- {kind: Pod, metadata: {name: d, namespace: a}}`,
    ],
  },
}

/** In seconds. */
const USUAL = 20

function findIn(world: World, object: KubeObject): Found[] {
  if (object.metadata.deletionTimestamp === undefined) return []
  const own = (object.metadata.finalizers ?? []).filter(
    (each) => !/^(?:foregroundDeletion|orphan)$|kubernetes\.io\//.test(each),
  )
  // Their controllers act within seconds; the usual protections last as long as the object is in use.
  const health = deletionHealth(object, world.now, own.length > 0 ? USUAL : undefined)
  if (health?.verdict !== 'bad') return []
  const finalizers = (object.metadata.finalizers ?? []).join(', ')
  const node = object.kind === 'Pod' ? textAt(object, 'spec', 'nodeName') : undefined
  return [
    {
      object: refOf(object),
      severity: 'warning',
      certainty: 'certain',
      cause: finalizers === '' ? msg('deletion-stuck') : msg('deletion-finalizers', { finalizers }),
      next: finalizers === '' ? msg('next-deletion-stuck') : msg('next-deletion-finalizers'),
      evidence: health.reason ? [fact('status', health.reason)] : [],
      because: node === undefined ? [] : [{ kind: 'Node', name: node }],
    },
  ]
}
