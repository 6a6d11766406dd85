/** A YAML text's view: folds, and a search with navigation that opens them. */
import type { MaybeRefOrGetter } from 'vue'
import { findHits } from '../../utils/result/log/logSearch'
import { foldsAround, outline, visibleLines, yamlLines } from '../../utils/result/yamlFolds'

export function useYamlView(text: MaybeRefOrGetter<string>) {
  const query = ref('')
  const current = ref(0)
  /** Indexes of folded lines. */
  const folded = ref<ReadonlySet<number>>(new Set())

  const lines = computed(() => yamlLines(toValue(text)))
  const shown = computed(() => visibleLines(lines.value, folded.value))
  const keys = computed(() => outline(lines.value))
  const hits = computed(() =>
    findHits(
      lines.value.map((line) => line.text),
      query.value,
    ),
  )
  const hitLines = computed(() => new Set(hits.value))
  /** Index of the current hit's line. */
  const currentLine = computed(() => hits.value[current.value])

  watch(lines, () => (folded.value = new Set()))
  watch(query, () => (current.value = 0))

  function toggle(index: number): void {
    const next = new Set(folded.value)
    if (!next.delete(index)) next.add(index)
    folded.value = next
  }

  /** Makes a line visible. @returns its place among the visible ones */
  function reveal(index: number): number {
    const hiding = new Set(foldsAround(lines.value, folded.value, index))
    if (hiding.size > 0) folded.value = new Set([...folded.value].filter((fold) => !hiding.has(fold)))
    return shown.value.findIndex(({ number }) => number === index + 1)
  }

  /** @param step 1 for the next hit, -1 for the previous one; wraps around */
  function go(step: 1 | -1): void {
    const count = hits.value.length
    if (count > 0) current.value = (current.value + step + count) % count
  }

  return { query, folded, lines, shown, keys, hits, hitLines, current, currentLine, toggle, reveal, go }
}
