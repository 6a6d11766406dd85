/** A table's view: filtered by words, sorted by one column. */
import type { MaybeRefOrGetter } from 'vue'
import { severityBy, type HealthTable } from '../../utils/result/table/tableHealth'
import { filterRows, sortRows, type Row } from '../../utils/result/table/tableView'

interface Sorting {
  column: number
  isDescending: boolean
}

/** @param given the rows to show, in their default order */
export function useTableView(table: MaybeRefOrGetter<HealthTable>, given: MaybeRefOrGetter<readonly Row[]>) {
  const query = ref('')
  const sorting = ref<Sorting>()

  // Sorts before filtering: sorting is more expensive, and typing in the filter does not repeat it.
  const sorted = computed<readonly Row[]>(() => {
    const { columns } = toValue(table)
    if (!sorting.value) return toValue(given)
    const { column, isDescending } = sorting.value
    const severity = severityBy(toValue(table), column)
    return sortRows(toValue(given), columns[column] ?? '', column, isDescending, severity)
  })
  const rows = computed(() => filterRows(sorted.value, query.value))

  /** Ascending, descending, then original order. */
  function toggleSort(column: number): void {
    const now = sorting.value
    if (now?.column !== column) sorting.value = { column, isDescending: false }
    else sorting.value = now.isDescending ? undefined : { column, isDescending: true }
  }

  return { query, sorting, rows, toggleSort }
}
