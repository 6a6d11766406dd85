/** Finds the objects that a deletion removes through owner references, over all kinds that the user may list. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import type { KubeObject } from '../../kubernetes/types'
import { inParallel } from '../../kubernetes/list/in-parallel'
import { ownersOf } from '../managers/owners/owner-references'
import type { Reads } from '../managers/reads'
import { deletableKinds, nameOfKind, ownableKinds } from './kinds'

export interface Dependents {
  /** All deleted objects, nearest first. */
  objects: KubeObject[]
  /** Plural names of unreadable kinds, with the first error. */
  unread: { kinds: string[]; reason: Message } | undefined
  /** Metadata of the namespace's pods. */
  pods: KubeObject[]
}

const AT_ONCE = 8

/** Owners of a namespaced object are in the same namespace or cluster-scoped. */
export async function dependentsOf(owner: KubeObject, reads: Reads): Promise<Dependents> {
  const { uid, namespace } = owner.metadata
  const resources = await reads.resources()
  const kinds = ownableKinds(
    [...deletableKinds(resources, true), ...(namespace === undefined ? deletableKinds(resources, false) : [])],
    owner.kind ?? '',
  )
  const unread: string[] = []
  let reason: Message | undefined
  const lists = await inParallel(kinds, AT_ONCE, async (resource) => {
    const read = await reads.metadata(resource, { namespace: resource.namespaced ? namespace : undefined })
    if ('value' in read && !read.value.cut) return read.value.items
    unread.push(nameOfKind(resource))
    reason ??= 'unread' in read ? read.unread : msg('read-too-many-kind', { plural: resource.plural })
    return 'value' in read ? read.value.items : []
  })
  const all = lists.flat()
  return {
    objects: uid === undefined ? [] : owned(uid, all),
    unread: reason ? { kinds: unread.sort(), reason } : undefined,
    pods: all.filter(({ kind }) => kind === 'Pod'),
  }
}

/** An object with several owners is deleted with the last of them. */
function owned(uid: string, all: readonly KubeObject[]): KubeObject[] {
  const gone = new Set([uid])
  const found = new Map<string, KubeObject>()
  for (let grew = true; grew;) {
    grew = false
    for (const object of all) {
      const own = object.metadata.uid
      const owners = ownersOf(object)
      if (own === undefined || gone.has(own) || owners.length === 0) continue
      if (!owners.every((each) => gone.has(each.uid))) continue
      gone.add(own)
      found.set(own, object)
      grew = true
    }
  }
  return [...found.values()]
}
