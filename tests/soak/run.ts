/** Runs the long series and prints a line for each; fails on a violation. */
import { main } from '../../scripts/run.mjs'
import { readOptions } from './options'
import { seeded } from './random'
import type { Series, SeriesReport } from './types'
import { SERIES } from './series'

// On a signal, exit normally, so that the exit handlers end the started processes.
process.once('SIGINT', () => process.exit(130)).once('SIGTERM', () => process.exit(143))

// Each started program has an exit listener.
process.setMaxListeners(0)

await main(async () => {
  const options = readOptions(process.argv.slice(2), SERIES)
  const { seed } = options
  let failed = 0
  let skipped = 0
  for (const series of options.series) {
    const missing = (series.needs ?? []).filter((name) => !process.env[name])
    if (missing.length > 0) {
      skipped++
      console.log(`${series.name}: skipped, not set: ${missing.join(', ')}`)
      continue
    }
    console.log(`── ${series.name}: ${series.what} ──`)
    const startedAt = performance.now()
    const report = await reportOf(series, options.runs ?? series.runs, seed)
    const seconds = (performance.now() - startedAt) / 1000
    if (report.violations.length > 0) failed++
    for (const violation of report.violations) console.log(`  VIOLATION ${violation}`)
    console.log(line(series, report, seed, seconds))
  }
  // A series named explicitly must be able to run.
  const named = process.argv.includes('--series')
  return failed > 0 || (named && skipped > 0) ? 1 : 0
})

async function reportOf(series: Series, runs: number, seed: number): Promise<SeriesReport> {
  const random = seeded(seed).fork(series.name)
  try {
    return await series.run({ runs, seed, random, env: process.env, log: (text) => console.log(`  ${text}`) })
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { runs: 0, violations: [`the series ended before its time: ${text}`], figures: {} }
  }
}

function line({ name }: Series, { runs, violations, figures }: SeriesReport, seed: number, seconds: number): string {
  const shown = Object.entries(figures).map(([what, value]) => `${what} ${value}`)
  const time = `${seconds.toFixed(0)} s`
  return `${name}: ${runs} runs, ${violations.length} violations; ${[...shown, `seed ${seed}`, time].join(', ')}`
}
