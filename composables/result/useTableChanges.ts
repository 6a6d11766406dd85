/** Marks what a newer read has changed in a table, for a while. */
import type { MaybeRefOrGetter } from 'vue'
import type { HealthTable } from '../../utils/result/tableHealth'
import { NO_CHANGES, tableChanges, type TableChanges } from '../../utils/result/tableChanges'

/** A mark outlives the next reads of a live table, so that a glance finds it. In milliseconds. */
const KEPT_MS = 15_000

interface Read {
  /** Milliseconds since the epoch. */
  at: number
  table: HealthTable
}

/**
 * @param table of the newest read
 * @param asOf when it was read, RFC 3339; an older one than before is the first read, without marks
 */
export function useTableChanges(table: MaybeRefOrGetter<HealthTable>, asOf: MaybeRefOrGetter<string | undefined>) {
  const changes = shallowRef<TableChanges>(NO_CHANGES)
  /** Tables that the newest is compared with: the oldest is younger than the time of a mark, but for one. */
  let reads: Read[] = [readNow()]

  function readNow(): Read {
    return { at: Date.parse(toValue(asOf) ?? '') || 0, table: toValue(table) }
  }

  watch(
    () => toValue(table),
    () => {
      const read = readNow()
      const last = reads.at(-1)
      if (!last || read.at <= last.at) {
        reads = [read]
        changes.value = NO_CHANGES
        return
      }
      reads = [...reads.slice(0, -1).filter(({ at }) => read.at - at < KEPT_MS), last, read]
      const [oldest] = reads
      changes.value = oldest ? tableChanges(oldest.table, read.table) : NO_CHANGES
    },
    // Before the table is drawn.
    { flush: 'pre' },
  )

  return changes
}
