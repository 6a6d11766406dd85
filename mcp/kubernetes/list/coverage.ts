/** The coverage of a list: read and unread parts. */
import type { Coverage, ResultNote } from '../../../shared/result'
import { MAX_ITEMS } from './paging'
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
    notes.push({
      code: 'list-cut',
      params: { shown, most: MAX_ITEMS },
      text: `Not all were read: the first ${shown}${remaining === undefined ? '' : ` of ${shown + remaining}`}.`,
    })
  if (parts.some((part) => part.changed))
    notes.push({
      code: 'changed-while-reading',
      params: {},
      text: 'The list changed while it was read: it is not complete.',
    })
  return {
    ...scope,
    shown,
    ...(remaining !== undefined && { total: shown + remaining }),
    complete: cut.length === 0 && !parts.some((part) => part.changed),
    notes,
  }
}
