/** What a deletion removes in addition, and which of it is irreversible. */
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { at, textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import { controllerOf } from '../managers/owners/owner-references'
import type { Reads } from '../managers/reads'
import type { Change } from '../managers/types'
import { customKindConsequences } from './custom-kind'
import { dependentsOf } from './dependents'
import { deploymentNote, finalizersNote } from './finalizers'
import { byWeight, countsText, isDerived } from './kinds'
import { namespaceConsequences, unreadKinds } from './namespace'
import { nodeNotes } from './node'
import { podNotes } from './pod'
import { routesNotes, servicesNotes, usersNotes } from './services'
import { statefulClaims } from './stateful-claims'
import type { Consequences } from './types'
import { volumesOf } from './volumes'

export async function deletionConsequences(change: Change, reads: Reads): Promise<Consequences> {
  const { object, operation } = change
  const { group, kind } = operation.resource
  const finalizers = finalizersNote(object)
  const before = finalizers ? [finalizers] : []
  if (group === '' && kind === 'Namespace') return withNotes(before, await namespaceConsequences(operation.name, reads))
  if (group === 'apiextensions.k8s.io') return withNotes(before, await customKindConsequences(object, reads))
  const [owned, own] = await Promise.all([ownedConsequences(change, reads), kindConsequences(change, reads)])
  const deletes = 1 + owned.deletes + own.deletes
  const final = controllerOf(object) ? [] : [msg('not-undone')]
  return {
    notes: [...before, ...owned.notes, ...own.notes, ...final],
    deletes,
    ...(deletes > 1 && { confirm: operation.name }),
  }
}

function withNotes(notes: ResultNote[], consequences: Consequences): Consequences {
  return { ...consequences, notes: [...notes, ...consequences.notes] }
}

/** Deleted by owner references, and the Services that lose pods. */
async function ownedConsequences({ object, operation }: Change, reads: Reads): Promise<Consequences> {
  const { objects, unread, pods } = await dependentsOf(object, reads)
  const notes: ResultNote[] = []
  const counts = new Map<string, number>()
  for (const { kind = '' } of objects) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const sorted = [...counts].sort(byWeight)
  const orphans = propagationOf(operation.body, operation.query) === 'Orphan'
  if (sorted.length > 0) {
    const params = { objects: countsText(sorted), count: objects.length }
    notes.push(orphans ? msg('owned-kept', params) : msg('owned-deleted', params))
  }
  if (unread) notes.push(unreadKinds(unread.kinds, unread.reason))
  if (orphans) return { notes, deletes: 0 }
  const { namespace } = operation
  if (namespace !== undefined) {
    const going = [object, ...objects]
      .filter(({ kind }) => kind === 'Pod')
      .flatMap(({ metadata }) => metadata.uid ?? [])
    notes.push(...(await servicesNotes(namespace, new Set(going), pods, reads, controllerOf(object) !== undefined)))
  }
  const claims = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim')
  const volumes = await volumesOf(await wholeClaims(claims, reads), reads)
  notes.push(...volumes.notes)
  return { notes, deletes: objects.filter(({ kind = '' }) => !isDerived(kind)).length + volumes.deleted }
}

/** Lists of owned objects contain only metadata. */
async function wholeClaims(claims: readonly KubeObject[], reads: Reads): Promise<KubeObject[]> {
  const [first] = claims
  if (!first) return []
  const read = await reads.list('PersistentVolumeClaim', first.metadata.namespace)
  if ('unread' in read) return []
  const uids = new Set(claims.map(({ metadata }) => metadata.uid))
  return read.value.filter(({ metadata }) => uids.has(metadata.uid))
}

function propagationOf(body: unknown, query: Record<string, unknown>): string {
  return textAt(body, 'propagationPolicy') || String(query.propagationPolicy ?? '')
}

/** Consequences that depend on the object's kind. */
async function kindConsequences(change: Change, reads: Reads): Promise<Consequences> {
  const { object, operation } = change
  const { group, kind } = operation.resource
  const deployed = deploymentNote(object)
  if (deployed) return { notes: [deployed.note], deletes: deployed.count }
  switch (group === '' ? kind : `${group}/${kind}`) {
    case 'Pod':
      return { notes: podNotes(change), deletes: 0 }
    case 'Node': {
      const { notes, pods } = await nodeNotes(change, reads)
      return { notes, deletes: pods }
    }
    case 'Service':
      return { notes: await routesNotes(object, reads), deletes: 0 }
    case 'ConfigMap':
    case 'Secret':
    case 'ServiceAccount':
      return { notes: await usersNotes(object, reads), deletes: 0 }
    case 'PersistentVolumeClaim': {
      const [users, volumes] = await Promise.all([usersNotes(object, reads), volumesOf([object], reads)])
      return { notes: [...users, ...volumes.notes], deletes: volumes.deleted }
    }
    case 'PersistentVolume':
      return { notes: volumeNotes(object), deletes: 0 }
    case 'apps/StatefulSet': {
      const { notes, deleted } = await statefulClaims(object, undefined, reads)
      return { notes, deletes: deleted }
    }
    default:
      return { notes: [], deletes: 0 }
  }
}

function volumeNotes(volume: KubeObject): ResultNote[] {
  const claim = textAt(volume, 'spec', 'claimRef', 'name')
  const namespace = textAt(volume, 'spec', 'claimRef', 'namespace')
  const notes: ResultNote[] = []
  if (claim && textAt(volume, 'status', 'phase') === 'Bound')
    notes.push(
      msg('volume-bound', {
        claim,
        namespace,
      }),
    )
  if (textAt(volume, 'spec', 'persistentVolumeReclaimPolicy') === 'Delete' && at(volume, 'spec', 'csi') !== undefined)
    notes.push(msg('volume-storage'))
  return notes
}
