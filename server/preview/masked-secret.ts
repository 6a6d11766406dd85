import type { PreviewNote } from '#shared/preview-note'
import { at, isRecord, recordAt, withValue } from './fields'
import { note } from './note'
import type { Change } from './types'

/** What mcp-server-kubernetes puts in the place of a Secret's values. */
const MASK = '***'

/**
 * Leaves out of a change what cannot be compared: the values of a Secret that the MCP server has masked. What is new in
 * it, or gone, stays; `note` says that the rest is unknown.
 */
export function keepMasks(change: Change): Change & { note?: PreviewNote } {
  const { title, before, after } = change
  const data = recordAt(before, 'data')
  if (before?.kind !== 'Secret' || !after || !isRecord(at(after, 'data')) || !Object.values(data).includes(MASK))
    return change
  const kept = Object.entries(recordAt(after, 'data')).map(([key, value]) => [key, data[key] === MASK ? MASK : value])
  return {
    title,
    before,
    after: withValue(after, ['data'], Object.fromEntries(kept)),
    note: note('masked', { object: title }),
  }
}
