/** Runs all measures, prints each result, then a summary; see BENCHMARKS.md. */
import { basename, isAbsolute } from 'node:path'
import { main } from '../scripts/run.mjs'
import { machine } from './machine'
import { MEASURES } from './measures'
import { beside } from './measures/beside'
import { readOptions } from './options'
import { forTerminal, verdict, writeReport } from './report'
import type { Report } from './report'

// On a signal, exit normally, so that the exit handlers end the started processes.
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143))

await main(async () => {
  const args = process.argv.slice(2)
  const { names, quick, write, beside: folder } = readOptions(args)
  const measures =
    folder === undefined ? names.map((name) => [name, MEASURES[name]] as const) : [['beside', beside(folder)] as const]
  const report: Report = { about: [...machine(), ['Command', command(args)], ['Date', today()]], lines: [], tables: [] }
  let failed = 0
  for (const [name, measure] of measures) {
    console.log(`── ${name} ──`)
    try {
      const { lines = [], tables = [] } = (await measure?.({ quick })) ?? {}
      for (const line of lines)
        console.log(`${line.what}: ${line.figure} (${line.goal ?? 'no goal'}: ${verdict(line)})`)
      report.lines.push(...lines)
      report.tables.push(...tables)
    } catch (error) {
      // Continue: the other measures are still useful.
      failed++
      console.error(error)
      report.lines.push({ what: name, figure: 'failed', goal: 'a figure', met: false })
    }
  }
  console.log(`\n${forTerminal(report)}`)
  if (quick) console.log('\nA quick run: its figures say that the program works, no more.')
  if (write !== undefined) await writeReport(write, report)
  return failed === 0 ? 0 : 1
})

/** Without folders of this machine. */
function command(args: string[]): string {
  const cluster = process.env.TEST_KUBECONFIG ? 'TEST_KUBECONFIG=… ' : ''
  const shown = args.map((arg) => (isAbsolute(arg) ? basename(arg) : arg))
  return `\`${[`${cluster}npm run bench`, ...(shown.length > 0 ? ['--', ...shown] : [])].join(' ')}\``
}

function today(): string {
  return new Date().toISOString().slice(0, 10)
}
