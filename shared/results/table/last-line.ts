/** The last line of a shortened table: omissions, and how to narrow the request. */
import { grouped } from '../../text/grouped'
import type { TableLike } from './columns'
import type { EventOrder } from './events'
import type { Bucket } from './order'

/** `Shown: 38 of 5,060 (all 3 bad, 20 of 400 waiting, 15 of 4,657 ok). …` */
export function lastLine(
  table: TableLike,
  indexes: readonly number[],
  events: EventOrder | undefined,
  {
    buckets,
    isSorted,
    args,
    canCount,
  }: { buckets: readonly Bucket[]; isSorted: boolean; args: Record<string, unknown>; canCount: boolean },
): string {
  const order = isSorted
    ? 'in the order asked for'
    : events
      ? 'Warnings first, one for each cause'
      : shares(table, buckets, indexes)
  const shown = `Shown: ${grouped(indexes.length)} of ${grouped(table.rows.length)} rows${order === '' ? '' : ` (${order})`}.`
  return `${shown} The user sees all rows. ${narrowing(table, args, events !== undefined, canCount)}`
}

function shares({ verdicts }: TableLike, buckets: readonly Bucket[], taken: readonly number[]): string {
  if (!verdicts) return ''
  return buckets
    .map(({ verdict, size }) => {
      const shown = taken.filter((index) => verdicts[index] === verdict).length
      return `${shown === size ? 'all' : `${grouped(shown)} of`} ${grouped(size)} ${verdict ?? ''}`
    })
    .join(', ')
}

function narrowing(
  { columns }: TableLike,
  args: Record<string, unknown>,
  isEventTable: boolean,
  canCount: boolean,
): string {
  const isOpen = (name: string): boolean => args[name] === undefined || args[name] === null || args[name] === ''
  const ways = [
    ...(columns.includes('NAMESPACE') && isOpen('namespace') ? ['namespace'] : []),
    ...(isEventTable ? ['name', 'since'] : ['labelSelector', 'fieldSelector']).filter(isOpen),
  ]
  const counting = !canCount || isEventTable || !isOpen('countBy') ? '' : ' For other counts use countBy.'
  return ways.length === 0 ? `Ask for less with limit.${counting}` : `Narrow with ${ways.join(' or ')}.${counting}`
}
