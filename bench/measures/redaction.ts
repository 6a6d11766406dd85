/**
 * Throughput and event-loop blocking of redacting and parsing tool results, without a server: each case in a process of
 * its own, started like the server, since what else is in memory decides how long its garbage is collected.
 */
import { serverFlags } from '../../scripts/paths.mjs'
import { redactionReportSchema } from '../redaction-report'
import type { RedactionCase, RedactionReport } from '../redaction-report'
import { limit, ms } from '../result'
import type { Context, Result } from '../result'
import { withRig } from '../rig'
import { p50 } from '../stats'

const CASES: Record<RedactionCase, string> = {
  log: 'a log',
  'credential-log': 'a log with a credential in each line',
  secrets: 'manifests of Secrets',
}
/** The product's classes use syntax that Node does not only strip. */
const TYPES = ['--experimental-transform-types', '--disable-warning=ExperimentalWarning']

export async function redaction({ quick }: Context): Promise<Result> {
  const rounds = quick ? 3 : 20
  const lines = []
  const rows = []
  for (const [id, name] of Object.entries(CASES)) {
    const { bytes, wholes, blocks } = await reportOf(id, rounds)
    const size = bytes / 1e6
    const [typical, worst] = [p50(wholes), Math.max(...blocks)]
    lines.push(
      limit(`Presenting ${name} of 10 MB, p50`, typical, 1000, 'ms', 0),
      limit(`Longest block of the event loop by ${name}`, worst, 50, 'ms'),
    )
    rows.push([name, size.toFixed(1), ms(typical), (size / (typical / 1000)).toFixed(1), ms(p50(blocks)), ms(worst)])
  }
  const columns = ['tool result', 'MB', 'p50, ms', 'MB/s', 'block p50, ms', 'block worst, ms']
  return { lines, tables: [{ title: 'Redaction of tool results, in the core alone', columns, rows }] }
}

async function reportOf(id: string, rounds: number): Promise<RedactionReport> {
  return await withRig(async (rig) => {
    const program = rig.run('./processes/redaction.ts', [id, String(rounds)], [...serverFlags, ...TYPES])
    await program.ended
    const line = program.logs().find((each) => each.startsWith('{'))
    if (line === undefined) throw new Error(`No report of ${id}:\n${program.logs().join('\n')}`)
    return redactionReportSchema.parse(JSON.parse(line))
  })
}
