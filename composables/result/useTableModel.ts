/** The model of a table's newest read, with marks of what it has changed. */
import type { MaybeRefOrGetter } from 'vue'
import type { TableResult } from '#shared/result'
import { buildTableModel, type TableModel } from '../../utils/result/table/tableModel'
import { runAtOnce, runInTasks } from '../../utils/result/steps'
import { messageTexts } from '../ui/useText'

/** A mark outlives the next reads of a live table, so that a glance finds it. In milliseconds. */
const KEPT_MS = 15_000

const readAt = ({ result }: Pick<TableModel, 'result'>): number => Date.parse(result.asOf ?? '') || 0

/** @param result an older one than before is the first read again, without marks */
export function useTableModel(result: MaybeRefOrGetter<TableResult>) {
  const { t, say, locale } = useText()
  const texts = () => ({ reasonHeading: t('table.reason'), say })
  const model = shallowRef(runAtOnce(buildTableModel(toValue(result), texts())))
  /** Those that the newest is compared with: the last one, and all that are younger than a mark's time. */
  let earlier: TableModel[] = []
  let newest = 0

  watch([() => toValue(result), locale, messageTexts], async ([now]) => {
    const mine = ++newest
    const last = model.value
    const isNewer = readAt({ result: now }) > readAt(last)
    const kept = isNewer ? [...earlier.filter((each) => readAt({ result: now }) - readAt(each) < KEPT_MS), last] : []
    const built = await runInTasks(buildTableModel(now, texts(), kept.at(0)))
    if (mine !== newest) return
    earlier = kept
    model.value = built
  })
  return model
}
