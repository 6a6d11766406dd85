/** A log's view: lines with times and levels, a search that begins at the newest hit, and only the matching lines. */
import type { MaybeRefOrGetter } from 'vue'
import { readLogLine } from '../../utils/result/log/logLine'
import { logLevels, type LogLevel } from '../../utils/result/log/logLevels'
import { findHits, stripAnsi } from '../../utils/result/log/logSearch'

export interface LogLine {
  /** Starting at 1. */
  number: number
  /** Milliseconds since the epoch, if the line begins with a time or is JSON with one. */
  time?: number
  /** Without the time; for a JSON line, level and message first. */
  text: string
  /** The original line, if `text` differs. */
  raw?: string
  level?: LogLevel
}

export function useLogView(text: MaybeRefOrGetter<string>) {
  const query = ref('')
  /** Shows only lines with a hit. */
  const isFiltered = ref(false)
  const current = ref(0)

  const all = computed<LogLine[]>(() => {
    const plain = stripAnsi(toValue(text))
    const logged = plain === '' ? [] : plain.split('\n')
    const levels = logLevels(logged)
    return logged.map((line, index) => ({ number: index + 1, level: levels[index], ...readLogLine(line) }))
  })
  const matching = computed(() => {
    const found = new Set(hitsIn(all.value))
    return all.value.filter((_, index) => found.has(index))
  })
  const lines = computed(() => (isFiltered.value && query.value !== '' ? matching.value : all.value))
  const hits = computed(() => hitsIn(lines.value))
  /** Index of the current hit's line. */
  const currentLine = computed(() => hits.value[current.value])
  // The newest lines matter most.
  watch([query, isFiltered], () => (current.value = Math.max(0, hits.value.length - 1)))

  function hitsIn(some: readonly LogLine[]): number[] {
    return findHits(
      some.map((line) => line.text),
      query.value,
    )
  }

  /** @param step 1 for the next hit, -1 for the previous one; wraps around */
  function go(step: 1 | -1): void {
    const count = hits.value.length
    if (count > 0) current.value = (current.value + step + count) % count
  }

  return { query, isFiltered, all, lines, hits, current, currentLine, go }
}
