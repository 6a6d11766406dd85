/** What happens to the data of deleted claims. */
import type { ResultNote } from '../../../shared/result'
import { textAt } from '../../kubernetes/read/fields'
import type { KubeObject } from '../../kubernetes/types'
import { counted, fact } from '../managers/fact'
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
  const volumes = (count: number) => ({ count, volumes: counted(count, 'volume') })
  if (deleted > 0)
    notes.push(
      fact(
        'volumes-deleted',
        'The data of {volumes} is lost: the reclaim policy is Delete. This cannot be undone.',
        volumes(deleted),
      ),
    )
  if (kept > 0)
    notes.push(fact('volumes-kept', 'The data of {volumes} is kept: the reclaim policy is Retain.', volumes(kept)))
  if (unread !== undefined) {
    const params = { ...volumes(names.length - found.length), reason: unread }
    notes.push(fact('volumes-unknown', 'Whether the data of {volumes} is kept is not known: {reason}.', params))
  }
  return { notes, deleted }
}

async function read(names: string[], reads: Reads): Promise<{ found: KubeObject[]; unread: string | undefined }> {
  if (names.length > FEW) {
    const all = await reads.list('PersistentVolume')
    if ('unread' in all) return { found: [], unread: all.unread }
    return { found: all.value.filter(({ metadata }) => names.includes(metadata.name)), unread: undefined }
  }
  const each = await Promise.all(names.map((name) => reads.object('PersistentVolume', undefined, name)))
  const found = each.flatMap((one) => ('value' in one && one.value ? [one.value] : []))
  return { found, unread: each.flatMap((one) => ('unread' in one ? [one.unread] : []))[0] }
}
