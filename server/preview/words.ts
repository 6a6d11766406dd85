/** Sentences that several previews say. */
import { describeRef } from './kinds'
import type { Listed, Read, Row } from './reader'
import type { ObjectRef } from './types'

/** Why there is no live object to compare with. */
export function missingNote(read: Read, ref: ObjectRef): string | undefined {
  if (read.state === 'unreadable') return read.note
  return read.state === 'missing' ? `${describeRef(ref)} does not exist${inNamespace(ref.namespace)}.` : undefined
}

export function inNamespace(namespace: string | undefined): string {
  return namespace ? ` in namespace ${namespace}` : ''
}

/** `3 pods (web-1, web-2, web-3)`; the first five by name. */
export function countOf(rows: readonly Row[], singular: string, plural = `${singular}s`): string {
  const names = rows.slice(0, 5).map(({ name }) => name)
  const shown = names.length > 0 ? ` (${names.join(', ')}${rows.length > names.length ? ', …' : ''})` : ''
  return `${rows.length} ${rows.length === 1 ? singular : plural}${shown}`
}

/** A count, or why there is none. */
export function countOrWhy(listed: Listed, singular: string): string {
  return listed.state === 'found' ? countOf(listed.rows, singular) : `${singular}s that could not be listed`
}
