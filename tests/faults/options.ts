/** The command line of the faults. */
import { parseArgs } from 'node:util'
import { Problem } from '../../scripts/run.mjs'

export interface Options {
  runs: number
  /** Runs only faults whose line contains one of these words; empty: all. */
  only: string[]
  /** Turns of the soak; undefined: the faults. */
  soak: number | undefined
  /** Turns on two replicas; undefined: the faults. */
  replicas: number | undefined
}

const USAGE = 'Usage: npm run test:faults -- [--runs N] [--only WORDS]… [--soak | --replicas [--turns N]]'

/** @throws Problem that describes the valid options */
export function readOptions(args: string[]): Options {
  const { runs = '20', only = [], soak = false, replicas = false, turns } = parse(args)
  return {
    runs: count(runs),
    only,
    soak: soak ? count(turns ?? '1000') : undefined,
    replicas: replicas ? count(turns ?? '200') : undefined,
  }
}

function count(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Problem(`"${text}" is no number of runs. ${USAGE}`)
  return Number(text)
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        runs: { type: 'string' },
        only: { type: 'string', multiple: true },
        soak: { type: 'boolean' },
        replicas: { type: 'boolean' },
        turns: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
}
