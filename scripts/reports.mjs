/** Summarises vitest's and Playwright's JSON reports. */
import { existsSync, readFileSync } from 'node:fs'

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
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
  const counts = existsSync(path)
    ? read(JSON.parse(readFileSync(path, 'utf8')), runner)
    : { passed: 0, failed: 0, skipped: 0 }
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

/**
 * @param {Counts[]} suites
 * @returns {Counts}
 */
export function sum(suites) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  for (const suite of suites) {
    total.passed += suite.passed
    total.failed += suite.failed
    total.skipped += suite.skipped
  }
  return total
}

/** @param {Counts} counts */
export function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/**
 * @typedef {{ stats: { expected: number, flaky: number, unexpected: number, skipped: number } }} PlaywrightReport
 * @typedef {{ status: string, assertionResults: { status: string }[] }} VitestFile
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
    return { passed: expected + flaky, failed: unexpected, skipped }
  }
  // An unloadable file is a failed suite without a failed test.
  const broken = report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some(isFailed))
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** @param {{ status: string }} assertion */
function isFailed(assertion) {
  return assertion.status === 'failed'
}
