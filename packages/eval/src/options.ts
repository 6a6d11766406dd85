/** The command line of `npm run eval`. */
import { parseArgs } from 'node:util'
import { Problem } from '../../../scripts/run.mjs'

export const scriptedModels = ['solution', 'failures', 'off'] as const
export type ScriptedKind = (typeof scriptedModels)[number]

export interface Options {
  runs: number
  short: boolean
  /** Parts of ids. */
  only: string[]
  /** A folder for report.md and report.json. */
  out: string | undefined
  /** Two report.json to compare; nothing runs. */
  compare: [string, string] | undefined
  scripted: ScriptedKind | undefined
}

const USAGE = `Usage: npm run eval -- [--short] [--runs N] [--only PART]… [--out FOLDER]
       npm run eval -- --compare A/report.json B/report.json
       npm run eval -- --scripted ${scriptedModels.join('|')} [--short]`

/** @throws Problem that describes the valid options */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args)
  const { runs = '1', short = false, only = [], out, compare, scripted } = values
  if (!/^[1-9]\d{0,2}$/.test(runs)) throw new Problem(`--runs: "${runs}" is not a number from 1 to 999.\n${USAGE}`)
  const kind = scriptedModels.find((each) => each === scripted)
  if (scripted !== undefined && !kind)
    throw new Problem(`--scripted: "${scripted}" is none of ${scriptedModels.join(', ')}.\n${USAGE}`)
  const [other, ...rest] = positionals
  if (rest.length > 0 || (other === undefined) !== (compare === undefined)) throw new Problem(USAGE)
  return {
    runs: Number(runs),
    short,
    only,
    out,
    compare: compare !== undefined && other !== undefined ? [compare, other] : undefined,
    scripted: kind,
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        runs: { type: 'string' },
        short: { type: 'boolean' },
        only: { type: 'string', multiple: true },
        out: { type: 'string' },
        compare: { type: 'string' },
        scripted: { type: 'string' },
      },
    })
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
}
