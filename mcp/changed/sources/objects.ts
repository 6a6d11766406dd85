/** Creations and deletions of objects that a person or a tool makes. */
import { timeAt } from '../../../shared/kubernetes/fields'
import { msg } from '../../../shared/messages/create'
import { controllerOf } from '../../changes/managers/owners/owner-references'
import { groupOf } from '../../../shared/kubernetes/api'
import { isRoutine } from '../history/written'
import type { Write, Written } from '../history/written'
import type { Change, Source } from '../types'
import { writtenBy } from '../writers'

/** Between the time of creation and the first write, which are rounded. In milliseconds. */
const SAME = 2_000

/** The groups whose controllers create objects all the time. */
const BUILT_IN = new Set(['', 'apps', 'batch'])

/** In each namespace, made by the cluster. */
const BY_CLUSTER = new Set(['ServiceAccount/default', 'ConfigMap/kube-root-ca.crt'])

export const objects: Source = {
  id: 'objects',
  find: ({ written, since }) =>
    [...written.values()].flatMap((each) => [...created(each, since), ...deleted(each, since)]),
}

export function isCreation({ createdAt }: Written, { at, subresource }: Write): boolean {
  return subresource === '' && Math.abs(at - createdAt) <= SAME
}

function created(written: Written, since: number): Change[] {
  const { object, ref, createdAt, writes } = written
  if (!(createdAt >= since) || isMade(written)) return []
  const first = writes.findLast((write) => isCreation(written, write))
  // A controller of the cluster made it.
  if (first && isRoutine(first)) return []
  const what = msg('changed-created', { kind: object.kind ?? '' })
  return [{ at: createdAt, source: 'object', object: ref, what, fields: [], ...writtenBy(first) }]
}

function deleted({ object, ref }: Written, since: number): Change[] {
  const at = timeAt(object, 'metadata', 'deletionTimestamp')
  if (at === undefined || at < since) return []
  const asked = at - (object.metadata.deletionGracePeriodSeconds ?? 0) * 1000
  return [{ at: asked, source: 'object', object: ref, what: msg('changed-deleting'), fields: [] }]
}

/** By a controller of Kubernetes itself, or as the storage of a Helm release, which has its own source. */
function isMade({ object, isControlled }: Written): boolean {
  if (BY_CLUSTER.has(`${object.kind ?? ''}/${object.metadata.name}`)) return true
  if (object.metadata.labels?.owner === 'helm' && /\.v\d+$/.test(object.metadata.name)) return true
  return isControlled && BUILT_IN.has(groupOf(controllerOf(object)?.apiVersion ?? ''))
}
