/** Texts that are made to be slow: none takes much longer to redact than the others. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { redactText } from '../../../server/redact/redact-text'
import { cpuMs } from '../../support/cpu-time'
import { fragmentsOf, longText } from '../../support/redaction/long-texts'
import { randomFrom } from '../../support/redaction/random'
import type { Series, SeriesReport } from '../types'

const SIZE = 100 * 1024
const WARM_UP = 50
/** Texts whose median tells whether the next one is slow. */
const RECENT = 51
/** Texts after which all garbage is collected. */
const ALL_EVERY = 50
/** The slowest text, in times of the median. */
const MOST = 3
/** A slow text is measured again, and its least time counts: the compiler or another program slows down only some of them. */
const MEASURES = 5
/** Share of the limit above which a text counts as slow. */
const NEARLY = 0.6

export const redactionTime: Series = {
  name: 'redaction-time',
  what: `the slowest of all texts of 100 kB takes at most ${MOST} times the median to redact`,
  runs: 10_000,
  run: async ({ runs, seed, log }): Promise<SeriesReport> => {
    const random = randomFrom(seed)
    const fragments = fragmentsOf(random)
    const collectGarbage = garbageCollector()
    for (let run = 0; run < WARM_UP; run++) redactText(longText(random, fragments, SIZE))
    const measure = (text: string): number => {
      // The garbage of earlier texts does not count in this text's time.
      collectGarbage()
      return cpuMs(() => redactText(text))
    }
    const times: number[] = []
    const slow: { ms: number; text: string }[] = []
    for (let run = 0; run < runs; run++) {
      const text = longText(random, fragments, SIZE)
      const ms = measure(text)
      times.push(ms)
      if (ms > (MOST / 2) * median(times.slice(-RECENT))) slow.push({ ms, text })
      if ((run + 1) % 2000 === 0) log(`${run + 1} texts`)
    }
    times.sort((a, b) => a - b)
    const at = (share: number): number => times[Math.min(runs - 1, Math.floor(runs * share))] ?? 0
    const limit = MOST * at(0.5)
    const again = slow.filter(({ ms }) => ms > limit * NEARLY)
    for (const each of again) for (let n = 1; n < MEASURES; n++) each.ms = Math.min(each.ms, measure(each.text))
    const slowest = Math.max(0, ...slow.map(({ ms }) => ms))
    return {
      runs,
      violations: again
        .filter(({ ms }) => ms > limit)
        .map(({ ms, text }) => `${ms.toFixed(1)} ms for ${JSON.stringify(text.slice(0, 200))}`),
      figures: {
        'median ms': at(0.5).toFixed(2),
        'p99 ms': at(0.99).toFixed(2),
        'max ms': slowest.toFixed(2),
        'max / median': (slowest / at(0.5)).toFixed(2),
        'first measure, max / median': (at(1) / at(0.5)).toFixed(2),
        'measured again': String(again.length),
      },
    }
  },
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

/** @returns a function that collects the young garbage at once, and now and then all of it, which takes longer than a text */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('this Node cannot be told to collect its garbage')
  let collected = 0
  return () => void (collected++ % ALL_EVERY === 0 ? collect() : collect({ type: 'minor' }))
}
