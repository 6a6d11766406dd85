/**
 * `npm test`: installs packages, builds if necessary, then runs the suites one after the other, `unit` with its
 * coverage. `npm test -- unit e2e` runs only those, `npm test -- tests/unit/model -t repeated` only those tests.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { buildApp } from './build.mjs'
import { installPackages } from './install.mjs'
import { nodeBinary } from './node.mjs'
import { packages } from './paths.mjs'
import { countSuite, inWords, sum } from './reports.mjs'
import { main, Problem, run, toolEnv } from './run.mjs'
import { hasTests, select } from './suites.mjs'
import { reportMissingTools } from './tools.mjs'

/** Suites of Playwright. */
const IN_BROWSER = ['e2e', 'rancher']
/** Unit tests of thousands of texts: coverage makes them five times slower, and distorts what they time. */
const SERIES = '.series.test.ts'

await main(async () => {
  const { suites, rest } = select(process.argv.slice(2))
  await installPackages()
  reportMissingTools(suites)
  if (suites.some((suite) => suite !== 'unit' && hasTests(suite))) await buildApp()
  const reports = mkdtempSync(join(tmpdir(), 'k8s-ai-assistant-tests-'))
  try {
    const lines = []
    const counts = []
    for (const suite of suites) {
      const startedAt = performance.now()
      const result = await runSuite(suite, rest, reports)
      if (result) counts.push(result)
      const seconds = Math.round((performance.now() - startedAt) / 1000)
      lines.push(`${`${suite}:`.padEnd(13)}${result ? `${inWords(result)}, ${seconds} s` : 'no tests yet'}`)
    }
    const total = sum(counts)
    const failures = total.failures.map((name) => `failed: ${name}`)
    const flaky = total.flaky.map((name) => `passed at the second try: ${name}`)
    console.log(`\n${[...lines, ...flaky, ...failures].join('\n')}\n\n${inWords(total)}`)
    if (total.passed + total.failed + total.skipped === 0) throw new Problem(`No test matched ${rest.join(' ')}`.trim())
    return total.failed === 0 ? 0 : 1
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
})

/**
 * @param {string} suite
 * @param {string[]} rest
 * @param {string} reports folder
 * @returns {Promise<import('./reports.mjs').Counts | undefined>} undefined if the suite has no tests
 */
async function runSuite(suite, rest, reports) {
  console.log(`\n── ${suite} ──`)
  if (!hasTests(suite)) {
    console.log(`tests/${suite} has no tests yet.`)
    return undefined
  }
  const report = join(reports, `${suite}.json`)
  if (IN_BROWSER.includes(suite)) {
    const cli = join(packages, '@playwright', 'test', 'cli.js')
    const args = [cli, 'test', '--reporter=list,json', '--pass-with-no-tests', `--project=${suite}`, ...rest]
    const browser = findBrowser()
    if (!browser) {
      reportMissingTools([suite])
      return { passed: 0, failed: 1, skipped: 0, failures: [], flaky: [] }
    }
    const env = { ...toolEnv(), CHROME_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    return countSuite(report, 'playwright', await run(nodeBinary(), args, { env }))
  }
  const cli = join(packages, 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  // The thresholds of coverage are for all of the suite.
  const parts =
    suite === 'unit' && rest.length === 0 ? [['--coverage', '--exclude', `**/*${SERIES}`], [SERIES]] : [rest]
  const counts = []
  for (const part of parts) {
    const args = [cli, 'run', '--project', suite, ...reporters, '--passWithNoTests', ...part]
    counts.push(countSuite(report, 'vitest', await run(nodeBinary(), args)))
    rmSync(report, { force: true })
  }
  return sum(counts)
}
