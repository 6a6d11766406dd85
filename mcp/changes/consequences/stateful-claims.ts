/** PersistentVolumeClaims of a StatefulSet: kept or deleted by its retention policy. */
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { listAt, numberAt, textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import { ownersOf } from '../managers/owners/owner-references'
import type { Reads } from '../managers/reads'
import { volumesOf } from './volumes'

interface Claims {
  notes: ResultNote[]
  /** Deleted claims and volumes. */
  deleted: number
}

const NONE: Claims = { notes: [], deleted: 0 }

/** @param to remaining replicas; absent: the StatefulSet is deleted, and claims that it owns are not counted here */
export async function statefulClaims(set: KubeObject, to: number | undefined, reads: Reads): Promise<Claims> {
  const templates = listAt(set, 'spec', 'volumeClaimTemplates').map((each) => textAt(each, 'metadata', 'name'))
  if (templates.length === 0) return NONE
  const read = await reads.list('PersistentVolumeClaim', set.metadata.namespace)
  if ('unread' in read)
    return {
      ...NONE,
      notes: [msg('claims-unknown', { reason: read.unread })],
    }
  const first = numberAt(set, 'spec', 'ordinals', 'start') ?? 0
  const isOwned = (claim: KubeObject) => ownersOf(claim).some(({ uid }) => uid === set.metadata.uid)
  const unowned = to === undefined ? read.value.filter((claim) => !isOwned(claim)) : read.value
  const claims = unowned.filter(({ metadata: { name } }) =>
    templates.some((template) => {
      const prefix = `${template}-${set.metadata.name}-`
      const ordinal = name.startsWith(prefix) ? name.slice(prefix.length) : ''
      return /^\d+$/.test(ordinal) && (to === undefined || Number(ordinal) >= first + to)
    }),
  )
  if (claims.length === 0) return NONE
  const params = { n: claims.length }
  const when = to === undefined ? 'whenDeleted' : 'whenScaled'
  if (textAt(set, 'spec', 'persistentVolumeClaimRetentionPolicy', when) !== 'Delete')
    return { ...NONE, notes: [msg('claims-kept', params)] }
  const volumes = await volumesOf(claims, reads)
  return {
    notes: [msg('claims-deleted', params), ...volumes.notes],
    deleted: claims.length + volumes.deleted,
  }
}
