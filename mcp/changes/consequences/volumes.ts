/** What happens to the data of deleted claims. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import type { Reads } from '../managers/reads'

/** Up to this many volumes are read one by one; otherwise the whole list. */
const FEW = 10

export interface Volumes {
  notes: ResultNote[]
  /** PersistentVolumes deleted with their claims. */
  deleted: number
}

/** @param claims complete PersistentVolumeClaims */
export async function volumesOf(claims: readonly KubeObject[], reads: Reads): Promise<Volumes> {
  const names = claims.map((claim) => textAt(claim, 'spec', 'volumeName')).filter((name) => name !== '')
  if (names.length === 0) return { notes: [], deleted: 0 }
  const { found, unread } = await read(names, reads)
  const policies = found.map((volume) => textAt(volume, 'spec', 'persistentVolumeReclaimPolicy'))
  const kept = policies.filter((policy) => policy === 'Retain').length
  const deleted = policies.filter((policy) => policy === 'Delete').length
  const notes: ResultNote[] = []
  const volumes = (count: number) => ({ count, volumes: msg('volumes', { n: count }) })
  if (deleted > 0) notes.push(msg('volumes-deleted', volumes(deleted)))
  if (kept > 0) notes.push(msg('volumes-kept', volumes(kept)))
  if (unread !== undefined) {
    const params = { ...volumes(names.length - found.length), reason: unread }
    notes.push(msg('volumes-unknown', params))
  }
  return { notes, deleted }
}

async function read(names: string[], reads: Reads): Promise<{ found: KubeObject[]; unread: Message | undefined }> {
  if (names.length > FEW) {
    const all = await reads.list('PersistentVolume')
    if ('unread' in all) return { found: [], unread: all.unread }
    return { found: all.value.filter(({ metadata }) => names.includes(metadata.name)), unread: undefined }
  }
  const each = await Promise.all(names.map((name) => reads.object('PersistentVolume', undefined, name)))
  const found = each.flatMap((one) => ('value' in one && one.value ? [one.value] : []))
  return { found, unread: each.flatMap((one) => ('unread' in one ? [one.unread] : []))[0] }
}
