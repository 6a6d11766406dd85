/** Counts the contents of a namespace to delete, within the time limit and the user's rights. */
import type { Message } from '../../../shared/messages/message'
import { msg } from '../../../shared/messages/create'
import type { ResultNote } from '../../../shared/result'
import { inParallel } from '../../kubernetes/list/in-parallel'
import type { Reads } from '../managers/reads'
import { byWeight, countsText, deletableKinds, nameOfKind } from './kinds'
import type { Consequences } from './types'
import { volumesOf } from './volumes'

const AT_ONCE = 8
/** Maximum kinds to name. */
const MOST_KINDS = 12

export async function namespaceConsequences(name: string, reads: Reads): Promise<Consequences> {
  const kinds = deletableKinds(await reads.resources(), true)
  const unread: string[] = []
  let reason: Message | undefined
  let more = false
  const counts = new Map<string, number>()
  await inParallel(kinds, AT_ONCE, async (resource) => {
    const read = await reads.count(resource, { namespace: name })
    if ('unread' in read) {
      unread.push(nameOfKind(resource))
      reason ??= read.unread
      return
    }
    more ||= read.value.more
    if (read.value.count > 0) counts.set(resource.kind, (counts.get(resource.kind) ?? 0) + read.value.count)
  })
  const sorted = [...counts].sort(byWeight)
  const total = sorted.reduce((sum, [, count]) => sum + count, 0)
  const notes = [contents(name, sorted, total, more)]
  const claims = counts.has('PersistentVolumeClaim') ? await reads.list('PersistentVolumeClaim', name) : { value: [] }
  const volumes = 'value' in claims ? await volumesOf(claims.value, reads) : { notes: [], deleted: 0 }
  notes.push(...volumes.notes)
  if ('unread' in claims) notes.push(msg('claims-unknown', { reason: claims.unread }))
  if (reason) notes.push(unreadKinds(unread, reason))
  notes.push(msg('namespace-not-undone'))
  return { notes, deletes: 1 + total + volumes.deleted, confirm: name }
}

function contents(namespace: string, counts: [string, number][], total: number, more: boolean): ResultNote {
  if (total === 0) return msg('namespace-empty', { namespace })
  const named = counts.slice(0, MOST_KINDS)
  const rest = counts.slice(MOST_KINDS)
  const params = { namespace, total, contents: countsText(named) }
  const code = more ? 'namespace-contents-at-least' : 'namespace-contents'
  if (rest.length === 0) return msg(code, params)
  const others = rest.reduce((sum, [, count]) => sum + count, 0)
  return msg(`${code}-more`, { ...params, others, kinds: rest.length })
}

/** @param kinds plural names */
export function unreadKinds(kinds: readonly string[], reason: Message): ResultNote {
  const names = [...kinds].sort()
  const params = { count: names.length, kinds: names.slice(0, 8).join(', '), reason, others: names.length - 8 }
  return names.length > 8 ? msg('kinds-unread-more', params) : msg('kinds-unread', params)
}
