/** The coverage of a list: read and unread parts. */
import { msg } from '../../../shared/messages/create'
import type { Coverage, ResultNote } from '../../../shared/result'
import type { RawList } from './paging'

export function coverageOf(
  parts: readonly RawList[],
  scope: Pick<Coverage, 'scope' | 'namespaces' | 'unreadNamespaces'>,
): Coverage {
  const shown = parts.reduce((sum, { rows }) => sum + rows.length, 0)
  const cut = parts.filter((part) => part.cut)
  const remaining = cut.reduce<number | undefined>(
    (sum, each) => (sum === undefined || each.cut?.remaining === undefined ? undefined : sum + each.cut.remaining),
    0,
  )
  const notes: ResultNote[] = []
  if (cut.length > 0)
    notes.push(
      remaining === undefined ? msg('list-cut', { shown }) : msg('list-cut-of', { shown, total: shown + remaining }),
    )
  if (parts.some((part) => part.changed)) notes.push(msg('changed-while-reading'))
  return {
    ...scope,
    shown,
    ...(remaining !== undefined && { total: shown + remaining }),
    complete: cut.length === 0 && !parts.some((part) => part.changed),
    notes,
  }
}
