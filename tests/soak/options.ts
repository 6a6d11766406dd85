/** The command line of the long series. */
import { parseArgs } from 'node:util'
import { Problem } from '../../scripts/run.mjs'
import type { Series } from './types'

export interface Options {
  series: Series[]
  /** Undefined: each series' default. */
  runs: number | undefined
  seed: number
}

const DEFAULT_SEED = 9

/** @throws Problem that describes the valid options */
export function readOptions(args: string[], all: readonly Series[]): Options {
  const usage = `Usage: npm run soak -- [--series NAME]… [--runs N] [--seed S], with NAME one of ${all.map(({ name }) => name).join(', ')}.`
  const { series = [], runs, seed } = parse(args, usage)
  const unknown = series.find((name) => !all.some((each) => each.name === name))
  if (unknown !== undefined) throw new Problem(`There is no series "${unknown}". ${usage}`)
  return {
    series: all.filter(({ name }) => series.length === 0 || series.includes(name)),
    runs: runs === undefined ? undefined : number(runs, usage),
    seed: seed === undefined ? DEFAULT_SEED : number(seed, usage),
  }
}

function number(text: string, usage: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Problem(`"${text}" is not a positive number. ${usage}`)
  return Number(text)
}

function parse(args: string[], usage: string) {
  try {
    return parseArgs({
      args,
      options: { series: { type: 'string', multiple: true }, runs: { type: 'string' }, seed: { type: 'string' } },
    }).values
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}
