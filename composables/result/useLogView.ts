/** A log's view: lines with levels, and a search with navigation. */
import type { MaybeRefOrGetter } from 'vue'
import { readableLine } from '#shared/results/log-lines/readable'
import { logLevels, type LogLevel } from '../../utils/result/logLevels'
import { findHits, stripAnsi } from '../../utils/result/logSearch'

export interface LogLine {
  /** Starting at 1. */
  number: number
  /** For a JSON line: time, level and message first. */
  text: string
  /** The original line, if `text` differs. */
  raw?: string
  level?: LogLevel
}

/** @param formatTime formats a JSON line's time, in milliseconds since the epoch */
export function useLogView(text: MaybeRefOrGetter<string>, formatTime: (ms: number) => string) {
  const query = ref('')
  const current = ref(0)

  const logged = computed(() => {
    const plain = stripAnsi(toValue(text))
    return plain === '' ? [] : plain.split('\n')
  })
  const texts = computed(() => logged.value.map((line) => readableLine(line, formatTime)))
  const lines = computed<LogLine[]>(() => {
    const levels = logLevels(logged.value)
    return texts.value.map((line, index) => {
      const raw = logged.value[index]
      return { number: index + 1, text: line, level: levels[index], ...(raw !== line && { raw }) }
    })
  })
  const hits = computed(() => findHits(texts.value, query.value))
  /** Index of the current hit's line. */
  const currentLine = computed(() => hits.value[current.value])
  watch(query, () => (current.value = 0))

  /** @param step 1 for the next hit, -1 for the previous one; wraps around */
  function go(step: 1 | -1): void {
    const count = hits.value.length
    if (count > 0) current.value = (current.value + step + count) % count
  }

  return { query, lines, hits, current, currentLine, go }
}
