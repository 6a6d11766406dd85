/** A table's view: filtered by words, sorted by one column. */
import type { MaybeRefOrGetter } from 'vue'
import { filterRows, sortRows, type Row } from '../../utils/result/tableView'

interface Sorting {
  column: number
  isDescending: boolean
}

export function useTableView(table: MaybeRefOrGetter<{ columns: readonly string[]; rows: readonly Row[] }>) {
  const query = ref('')
  const sorting = ref<Sorting>()

  // Sorts before filtering: sorting is more expensive, and typing in the filter does not repeat it.
  const sorted = computed<readonly Row[]>(() => {
    const { columns, rows } = toValue(table)
    if (!sorting.value) return rows
    const { column, isDescending } = sorting.value
    return sortRows(rows, columns[column] ?? '', column, isDescending)
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
