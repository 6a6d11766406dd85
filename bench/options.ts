/** The command line of the benchmark. */
import { parseArgs } from 'node:util'
import { Problem } from '../scripts/run.mjs'
import { MEASURES } from './measures'

export interface Options {
  names: string[]
  quick: boolean
  /** A Markdown file whose tables to update. */
  write: string | undefined
  /** A built checkout to be compared with this one, without the other measures. */
  beside: string | undefined
}

/** @throws Problem that describes the valid options */
export function readOptions(args: string[]): Options {
  const { only = [], quick = false, write, beside } = parse(args)
  const unknown = only.find((name) => !(name in MEASURES))
  if (unknown !== undefined) throw new Problem(`There is no measure "${unknown}". ${USAGE}`)
  const names = Object.keys(MEASURES).filter((name) => only.length === 0 || only.includes(name))
  if (write !== undefined && (quick || only.length > 0))
    throw new Problem('--write takes a whole run: leave out --quick and --only.')
  if (beside !== undefined && (write !== undefined || only.length > 0))
    throw new Problem('--beside is a measure of its own: leave out --write and --only.')
  return { names, quick, write, beside }
}

const USAGE = `Usage: npm run bench -- [--only NAME]… [--quick] [--write FILE | --beside FOLDER], with NAME one of ${Object.keys(MEASURES).join(', ')}.`

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean' },
        write: { type: 'string' },
        beside: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
}
