/** Summarises vitest's and Playwright's JSON reports. */
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[], flaky: string[] }} Counts `failures`
 *   and `flaky` are names of tests; a flaky one passed at its second try, and counts as passed
 */

/**
 * Counts a suite. A failed run counts as at least one failure even without a report, so that an error outside of tests
 * does not look like success.
 * @param {string} path of the JSON report
 * @param {'vitest' | 'playwright'} runner
 * @param {number} exitCode of the runner
 * @returns {Counts}
 */
export function countSuite(path, runner, exitCode) {
  const counts = existsSync(path) ? read(JSON.parse(readFileSync(path, 'utf8')), runner) : noTests()
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/**
 * @param {Counts[]} suites
 * @returns {Counts}
 */
export function sum(suites) {
  const total = noTests()
  for (const suite of suites) {
    total.passed += suite.passed
    total.failed += suite.failed
    total.skipped += suite.skipped
    total.failures.push(...suite.failures)
    total.flaky.push(...suite.flaky)
  }
  return total
}

/** @returns {Counts} */
function noTests() {
  return { passed: 0, failed: 0, skipped: 0, failures: [], flaky: [] }
}

/** @param {Counts} counts */
export function inWords({ passed, failed, skipped, flaky }) {
  const retried = flaky.length > 0 ? ` (${flaky.length} at the second try)` : ''
  return `${passed} passed${retried}, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/**
 * @typedef {{ title: string, ok: boolean, tests?: { status: string }[] }} PlaywrightSpec
 * @typedef {{ title: string, specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{
 *   stats: { expected: number, flaky: number, unexpected: number, skipped: number }, suites: PlaywrightSuite[]
 * }} PlaywrightReport
 * @typedef {{ name: string, status: string, assertionResults: { status: string, fullName: string }[] }} VitestFile
 * @typedef {{
 *   numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, testResults: VitestFile[]
 * }} VitestReport
 */

/**
 * @param {PlaywrightReport & VitestReport} report one of the two, by the runner
 * @param {'vitest' | 'playwright'} runner
 * @returns {Counts}
 */
function read(report, runner) {
  if (runner === 'playwright') {
    const { expected, flaky, unexpected, skipped } = report.stats
    const named = (/** @type {(spec: PlaywrightSpec) => boolean} */ test) =>
      report.suites.flatMap((suite) => namesOf(suite, test))
    return {
      passed: expected + flaky,
      failed: unexpected,
      skipped,
      failures: named(({ ok }) => !ok),
      flaky: named(({ tests = [] }) => tests.some(({ status }) => status === 'flaky')),
    }
  }
  const failedTests = report.testResults.map(({ name, assertionResults }) => ({
    file: relative(process.cwd(), name),
    tests: assertionResults.filter(({ status }) => status === 'failed'),
  }))
  // An unloadable file is a failed suite without a failed test.
  const broken = failedTests.filter(
    ({ tests }, at) => report.testResults[at]?.status === 'failed' && tests.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...failedTests.flatMap(({ file, tests }) => tests.map(({ fullName }) => `${file} › ${fullName}`)),
      ...broken.map(({ file }) => `${file} does not load`),
    ],
    flaky: [],
  }
}

/**
 * @param {PlaywrightSuite} suite
 * @param {(spec: PlaywrightSpec) => boolean} test
 * @returns {string[]}
 */
function namesOf({ title, specs = [], suites = [] }, test) {
  const own = specs.filter(test).map((spec) => spec.title)
  return [...own, ...suites.flatMap((suite) => namesOf(suite, test))].map((name) => `${title} › ${name}`)
}
