/** The earlier revisions of a Deployment: its ReplicaSets. `kubectl rollout undo --dry-run` prints the present one. */
import type { PreviewNote } from '#shared/preview-note'
import { isRecord, recordAt, textAt } from './fields'
import { note } from './note'
import type { Reader } from './reader'
import type { KubernetesObject } from './types'

export type Revision =
  /** The template of pods that an undo brings back. */
  | { template: Record<string, unknown>; number: number; current: number }
  /** Why there is no template. */
  | { template?: undefined; note: PreviewNote }

const REVISION = 'deployment.kubernetes.io/revision'
/** A label that the Deployment's controller puts on its ReplicaSets. */
const HASH = 'pod-template-hash'

/** @param wanted a revision's number; absent or 0: the one before the present */
export async function revisionsOf(live: KubernetesObject, wanted: unknown, reader: Reader): Promise<Revision> {
  if (live.kind !== 'Deployment') return { note: note('revision-kind') }
  const namespace = textAt(live, 'metadata', 'namespace')
  const labels = Object.entries(recordAt(live, 'spec', 'selector', 'matchLabels'))
  const sets = await reader.listObjects({
    type: { apiVersion: 'apps/v1', kind: 'ReplicaSet' },
    labelSelector: labels.map(([key, value]) => `${key}=${String(value)}`).join(','),
    ...(namespace && { namespace }),
  })
  if (!sets) return { note: note('revisions-unreadable') }

  const own = sets.filter((set) => owns(live, set)).map((set) => ({ set, number: numberOf(set) }))
  const current = numberOf(live)
  const earlier = own.map(({ number }) => number).filter((number) => number < current)
  const number = Number(wanted) > 0 ? Number(wanted) : Math.max(...earlier)
  const set = own.find((each) => each.number === number)?.set
  if (!set) return { note: Number(wanted) > 0 ? note('revision-missing', { revision: number }) : note('revision-none') }
  return { template: withoutHash(recordAt(set, 'spec', 'template')), number, current }
}

function owns(live: KubernetesObject, set: KubernetesObject): boolean {
  const owners = recordAt(set, 'metadata').ownerReferences
  const uid = textAt(live, 'metadata', 'uid')
  return Array.isArray(owners) && owners.filter(isRecord).some((owner) => owner.uid === uid)
}

function numberOf(object: KubernetesObject): number {
  return Number(recordAt(object, 'metadata', 'annotations')[REVISION] ?? 0)
}

function withoutHash(template: Record<string, unknown>): Record<string, unknown> {
  const metadata = recordAt(template, 'metadata')
  const { [HASH]: _, ...labels } = recordAt(metadata, 'labels')
  return { ...template, metadata: { ...metadata, labels } }
}
