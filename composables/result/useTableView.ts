/** A table as it is looked at: filtered by words, sorted by one column. */
import type { MaybeRefOrGetter } from 'vue'
import { filterRows, sortRows, type Row } from '../../utils/result/tableView'

interface Sorting {
  column: number
  isDescending: boolean
}

export function useTableView(table: MaybeRefOrGetter<{ columns: readonly string[]; rows: readonly Row[] }>) {
  const query = ref('')
  const sorting = ref<Sorting>()

  // Sorted before it is filtered: the sort is the dearer of the two, and a key typed into the filter does not repeat it.
  const sorted = computed<readonly Row[]>(() => {
    const { columns, rows } = toValue(table)
    if (!sorting.value) return rows
    const { column, isDescending } = sorting.value
    return sortRows(rows, columns[column] ?? '', column, isDescending)
  })
  const rows = computed(() => filterRows(sorted.value, query.value))

  /** Ascending, descending, then as the cluster gave it. */
  function toggleSort(column: number): void {
    const now = sorting.value
    if (now?.column !== column) sorting.value = { column, isDescending: false }
    else sorting.value = now.isDescending ? undefined : { column, isDescending: true }
  }

  return { query, sorting, rows, toggleSort }
}
