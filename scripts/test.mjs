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
    console.log(`\n${[...lines, ...failures].join('\n')}\n\n${inWords(total)}`)
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
      return { passed: 0, failed: 1, skipped: 0, failures: [] }
    }
    const env = { ...toolEnv(), CHROME_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
    return countSuite(report, 'playwright', await run(nodeBinary(), args, { env }))
  }
  const cli = join(packages, 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  // Its thresholds are for all of the suite.
  const coverage = suite === 'unit' && rest.length === 0 ? ['--coverage'] : []
  const args = [cli, 'run', '--project', suite, ...reporters, ...coverage, '--passWithNoTests', ...rest]
  return countSuite(report, 'vitest', await run(nodeBinary(), args))
}
