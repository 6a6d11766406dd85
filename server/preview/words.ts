/** What several previews say. */
import type { PreviewNote } from '#shared/preview-note'
import { describeRef } from './kinds'
import { note } from './note'
import type { Read, Row } from './reader'
import type { ObjectRef } from './types'

/** Why there is no live object to compare with. */
export function missingNote(read: Read, ref: ObjectRef): PreviewNote | undefined {
  if (read.state !== 'missing') return read.state === 'unreadable' ? read.note : undefined
  const object = describeRef(ref)
  return ref.namespace ? note('missing-in', { object, namespace: ref.namespace }) : note('missing', { object })
}

/** `3 pods (web-1, web-2, web-3)`; the first five by name. */
export function countOf(rows: readonly Row[], singular: string, plural = `${singular}s`): string {
  const names = rows.slice(0, 5).map(({ name }) => name)
  const shown = names.length > 0 ? ` (${names.join(', ')}${rows.length > names.length ? ', …' : ''})` : ''
  return `${rows.length} ${rows.length === 1 ? singular : plural}${shown}`
}
