/** Grouped events as rows, newest first. Warnings are marked bad so that a shortened table keeps them. */
import type { ClusterEvent } from '../../../shared/kubernetes/events'
import type { Counts, TableResult, Verdict } from '../../../shared/result'
import { formatAge } from '../../../shared/kubernetes/durations'

export interface EventTable {
  columns: string[]
  rows: string[][]
  wide: number[]
  verdicts: Verdict[]
  times: NonNullable<TableResult['times']>
}

/**
 * @param events grouped, in row order
 * @param options.object false omits OBJECT, for events of a single object
 */
export function eventTable(
  events: readonly ClusterEvent[],
  { namespaces, object, now }: { namespaces: boolean; object: boolean; now: number },
): EventTable {
  const age = (ms: number | undefined) => (ms === undefined ? '<unknown>' : formatAge((now - ms) / 1000))
  const columns = [
    ...(namespaces ? ['NAMESPACE'] : []),
    ...['LAST SEEN', 'COUNT', 'TYPE', 'REASON'],
    ...(object ? ['OBJECT'] : []),
    ...['MESSAGE', 'FIRST SEEN'],
  ]
  const rows = events.map((event) => [
    ...(namespaces ? [event.namespace ?? ''] : []),
    ...[age(event.last), String(event.count), event.type, event.reason],
    ...(object ? [`${event.object.kind.toLowerCase()}/${event.object.name}`] : []),
    ...[event.message.replace(/\s*\n\s*/g, ' '), age(event.first)],
  ])
  const verdicts = events.map((event): Verdict => (event.type === 'Warning' ? 'bad' : 'ok'))
  return { columns, rows, wide: [columns.length - 1], verdicts, times: events.map(timesOf) }
}

function timesOf({ first, last }: ClusterEvent): EventTable['times'][number] {
  if (last === undefined) return null
  return { ...(first !== undefined && { first: new Date(first).toISOString() }), last: new Date(last).toISOString() }
}

/** Row counts by type and by reason, largest first. */
export function eventCounts(events: readonly ClusterEvent[]): Counts[] {
  return [count('type', (event) => event.type), count('reason', (event) => event.reason)]

  function count(by: string, valueOf: (event: ClusterEvent) => string): Counts {
    const counts = new Map<string, number>()
    for (const event of events) counts.set(valueOf(event), (counts.get(valueOf(event)) ?? 0) + 1)
    return { by, values: [...counts].sort((a, b) => b[1] - a[1]) }
  }
}
