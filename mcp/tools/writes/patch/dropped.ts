/** Finds list items that a merge patch drops: it replaces whole lists, which is often not intended. */
import { msg } from '../../../../shared/messages/create'
import { isRecord } from '../../../../shared/kubernetes/fields'
import type { ResultNote } from '../../../../shared/result'
import { pathText } from '../../../changes/field-path'

/** One note for each list that loses named items. */
export function droppedNotes(live: unknown, patch: unknown, path: string[] = []): ResultNote[] {
  if (Array.isArray(patch) && Array.isArray(live)) return droppedFrom(live, patch, path)
  if (!isRecord(patch) || !isRecord(live)) return []
  return Object.entries(patch).flatMap(([field, value]) => droppedNotes(live[field], value, [...path, field]))
}

function droppedFrom(live: unknown[], patch: unknown[], path: string[]): ResultNote[] {
  const kept = new Set(patch.map(nameOf))
  const names = live.flatMap((item) => {
    const name = nameOf(item)
    return name === undefined || kept.has(name) ? [] : [name]
  })
  const within = live.flatMap((item) => {
    const same = nameOf(item) === undefined ? undefined : patch.find((each) => nameOf(each) === nameOf(item))
    return same === undefined ? [] : droppedNotes(item, same, [...path, nameOf(item) ?? ''])
  })
  if (names.length === 0) return within
  const params = { field: pathText(path), names: names.join(', ') }
  return [msg('list-items-dropped', params), ...within]
}

/** The field by which people name a list item. */
function nameOf(item: unknown): string | undefined {
  if (typeof item === 'string' || typeof item === 'number') return String(item)
  if (!isRecord(item)) return undefined
  for (const field of ['name', 'mountPath', 'containerPort', 'port', 'host', 'key', 'ip', 'type', 'id'])
    if (typeof item[field] === 'string' || typeof item[field] === 'number') return String(item[field])
  return undefined
}
