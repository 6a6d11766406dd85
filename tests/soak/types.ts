/** A long series: many seeded runs that try to break one promise. */
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
  /** Number of runs. */
  runs: number
  /** Each names its run and the observation; empty: the promise held. */
  violations: string[]
  /** Counts and times for the report, by name. */
  figures: Record<string, string | number>
}

export interface Series {
  name: string
  /** The promise, as one sentence. */
  what: string
  /** Default number of runs. */
  runs: number
  /** Required environment variables. */
  needs?: readonly string[]
  run: (context: SeriesContext) => Promise<SeriesReport>
}
