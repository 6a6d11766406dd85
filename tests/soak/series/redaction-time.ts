/** Texts that are made to be slow: none takes much longer to redact than the others. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { redactText } from '../../../server/redact/redact-text'
import { fragmentsOf, longText, threadTime } from '../../support/redaction/long-texts'
import { randomFrom } from '../../support/redaction/random'
import type { Series, SeriesReport } from '../types'

const SIZE = 100 * 1024
const WARM_UP = 50
/** The slowest text, in times of the median. */
const MOST = 3

export const redactionTime: Series = {
  name: 'redaction-time',
  what: `the slowest of all texts of 100 kB takes at most ${MOST} times the median to redact`,
  runs: 10_000,
  run: async ({ runs, seed, log }): Promise<SeriesReport> => {
    const random = randomFrom(seed)
    const fragments = fragmentsOf(random)
    const collectGarbage = garbageCollector()
    for (let run = 0; run < WARM_UP; run++) redactText(longText(random, fragments, SIZE))
    const times: number[] = []
    let slowest = { ms: 0, text: '' }
    for (let run = 0; run < runs; run++) {
      const text = longText(random, fragments, SIZE)
      // The garbage of earlier texts does not count in this text's time.
      collectGarbage()
      const ms = threadTime(() => redactText(text))
      times.push(ms)
      if (ms > slowest.ms) slowest = { ms, text }
      if ((run + 1) % 2000 === 0) log(`${run + 1} texts`)
    }
    times.sort((a, b) => a - b)
    const at = (share: number): number => times[Math.min(runs - 1, Math.floor(runs * share))] ?? 0
    const ratio = slowest.ms / at(0.5)
    return {
      runs,
      violations: ratio > MOST ? [`${slowest.ms.toFixed(1)} ms for ${JSON.stringify(slowest.text.slice(0, 200))}`] : [],
      figures: {
        'median ms': at(0.5).toFixed(2),
        'p99 ms': at(0.99).toFixed(2),
        'max ms': slowest.ms.toFixed(2),
        'max / median': ratio.toFixed(2),
      },
    }
  },
}

/** @returns a function that collects all garbage at once */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('this Node cannot be told to collect its garbage')
  return () => void collect()
}
