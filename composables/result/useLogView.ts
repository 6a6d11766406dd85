/** A log as it is looked at: its lines with their levels, and a search that goes from hit to hit. */
import type { MaybeRefOrGetter } from 'vue'
import { readableLine } from '#shared/results/log-lines/readable'
import { logLevels, type LogLevel } from '../../utils/result/logLevels'
import { findHits, stripAnsi } from '../../utils/result/logSearch'

export interface LogLine {
  /** Counted from 1. */
  number: number
  /** Of a JSON line: time, level and message first. */
  text: string
  /** The line as it was logged, if `text` is another. */
  raw?: string
  level?: LogLevel
}

/** @param formatTime of a time in a JSON line, in milliseconds since the epoch */
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
  /** The index of the line the current hit is in. */
  const currentLine = computed(() => hits.value[current.value])
  watch(query, () => (current.value = 0))

  /** @param step 1 for the next hit, -1 for the one before; round at the ends */
  function go(step: 1 | -1): void {
    const count = hits.value.length
    if (count > 0) current.value = (current.value + step + count) % count
  }

  return { query, lines, hits, current, currentLine, go }
}
