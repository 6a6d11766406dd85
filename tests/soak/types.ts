/** What a long series is: many runs of one promise, drawn from a seed, each of which can break it. */
import type { Random } from './random'

export interface SeriesContext {
  runs: number
  seed: number
  random: Random
  env: Record<string, string | undefined>
  /** Prints a line of progress. */
  log: (line: string) => void
}

export interface SeriesReport {
  /** Runs that were made. */
  runs: number
  /** Each names its run and what was seen; none: the promise held. */
  violations: string[]
  /** Counts and times for the report, by name. */
  figures: Record<string, string | number>
}

export interface Series {
  name: string
  /** The promise, as one sentence. */
  what: string
  /** Runs of a whole series. */
  runs: number
  /** Environment variables without which it cannot run. */
  needs?: readonly string[]
  run: (context: SeriesContext) => Promise<SeriesReport>
}
