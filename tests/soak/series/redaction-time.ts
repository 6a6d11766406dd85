/** Texts that are made to be slow: none takes much longer to redact than the others. */
import { redactText } from '../../../server/redact/redact-text'
import { fragmentsOf, longText, threadTime } from '../../support/redaction/long-texts'
import { randomFrom } from '../../support/redaction/random'
import type { Series, SeriesReport } from '../types'

const SIZE = 100 * 1024
const WARM_UP = 50
/** The slowest text, in times of the median. */
const MOST = 3
/** So many of the slowest are read again, so often. */
const KEPT = 50
const TRIES = [1, 2, 3]

export const redactionTime: Series = {
  name: 'redaction-time',
  what: `the slowest of all texts of 100 kB takes at most ${MOST} times the median to redact`,
  runs: 10_000,
  run: async ({ runs, seed, log }): Promise<SeriesReport> => {
    const random = randomFrom(seed)
    const fragments = fragmentsOf(random)
    for (let run = 0; run < WARM_UP; run++) redactText(longText(random, fragments, SIZE))
    const times: number[] = []
    let slowest: { ms: number; text: string }[] = []
    for (let run = 0; run < runs; run++) {
      const text = longText(random, fragments, SIZE)
      const ms = threadTime(() => redactText(text))
      times.push(ms)
      if (slowest.length < KEPT || ms > (slowest.at(-1)?.ms ?? 0))
        slowest = [...slowest, { ms, text }].sort((a, b) => b.ms - a.ms).slice(0, KEPT)
      if ((run + 1) % 2000 === 0) log(`${run + 1} texts`)
    }
    times.sort((a, b) => a - b)
    const at = (share: number): number => times[Math.min(runs - 1, Math.floor(runs * share))] ?? 0
    const median = at(0.5)
    // A text that was slow once, during a garbage collection, is fast the next time.
    const again = slowest.map(({ text }) => ({
      ms: Math.min(...TRIES.map(() => threadTime(() => redactText(text)))),
      text,
    }))
    const worst = again.reduce((one, other) => (other.ms > one.ms ? other : one))
    return {
      runs,
      violations:
        worst.ms > MOST * median ? [`${worst.ms.toFixed(1)} ms for ${JSON.stringify(worst.text.slice(0, 200))}`] : [],
      figures: {
        'median ms': median.toFixed(2),
        'p99 ms': at(0.99).toFixed(2),
        'max ms': at(1).toFixed(2),
        'max ms of the slowest, read again': worst.ms.toFixed(2),
        'that / median': (worst.ms / median).toFixed(2),
      },
    }
  },
}
