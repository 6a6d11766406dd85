/** The command line of `npm run audit`. */
import { parseArgs } from 'node:util'

export interface PrintOptions {
  file?: string | undefined
  user?: string | undefined
  tool?: string | undefined
  /** Name of the cluster or its context, or the URL of its API server. */
  cluster?: string | undefined
  /** Milliseconds since the epoch. */
  since?: number
  /** Only actual and attempted changes of the cluster. */
  writes: boolean
  /** Prints the lines unchanged. */
  json: boolean
}

const USAGE =
  'Usage: npm run audit -- [--file FILE] [--user NAME] [--tool NAME] [--cluster NAME | URL] [--since 2h | 2026-01-31T08:00Z] [--writes] [--json]'

/** An error that the user can fix. */
export class UsageError extends Error {}

/** @throws UsageError that describes the valid options */
export function readPrintOptions(args: string[], now: number): PrintOptions {
  const { since, file, user, tool, cluster, writes = false, json = false } = parse(args)
  return { file, user, tool, cluster, writes, json, ...(since !== undefined && { since: timeOf(since, now) }) }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        file: { type: 'string' },
        user: { type: 'string' },
        tool: { type: 'string' },
        cluster: { type: 'string' },
        since: { type: 'string' },
        writes: { type: 'boolean' },
        json: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
  }
}

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** `90s`, `15m`, `2h`, `7d` before now, or a time. */
function timeOf(since: string, now: number): number {
  const [, amount = '', unit = ''] = /^(\d+)([smhd])$/.exec(since) ?? []
  const length = UNITS[unit]
  if (length !== undefined) return now - Number(amount) * length
  const time = Date.parse(since)
  if (Number.isNaN(time)) throw new UsageError(`--since: "${since}" is neither a time nor an age such as 2h.\n${USAGE}`)
  return time
}
