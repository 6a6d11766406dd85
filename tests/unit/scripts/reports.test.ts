import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countSuite, inWords, sum } from '../../../scripts/reports.mjs'
import { select } from '../../../scripts/suites.mjs'

const folder = mkdtempSync(join(tmpdir(), 'reports-test-'))
const report = join(folder, 'report.json')
afterAll(() => rmSync(folder, { recursive: true }))

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [] }

describe('the count of a suite', () => {
  it('is vitest’s', () => {
    writeFileSync(report, JSON.stringify({ ...vitest, numFailedTests: 2 }))
    expect(countSuite(report, 'vitest', 1)).toEqual({ passed: 3, failed: 2, skipped: 1 })
  })

  it('is Playwright’s', () => {
    writeFileSync(report, JSON.stringify({ stats: { expected: 4, unexpected: 1, flaky: 0, skipped: 2 } }))
    expect(countSuite(report, 'playwright', 1)).toEqual({ passed: 4, failed: 1, skipped: 2 })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ]
    writeFileSync(report, JSON.stringify({ ...vitest, testResults }))
    expect(countSuite(report, 'vitest', 1)).toEqual({ passed: 3, failed: 1, skipped: 1 })
  })

  it('does not count a file twice whose tests failed', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }]
    writeFileSync(report, JSON.stringify({ ...vitest, numFailedTests: 1, testResults }))
    expect(countSuite(report, 'vitest', 1).failed).toBe(1)
  })

  it('never takes a failed run for success', () => {
    writeFileSync(report, JSON.stringify(vitest))
    expect(countSuite(report, 'vitest', 1).failed).toBe(1)
    expect(countSuite(join(folder, 'none.json'), 'playwright', 134)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})

describe('the summary', () => {
  it('sums the suites up', () => {
    const suites = [
      { passed: 3, failed: 0, skipped: 1 },
      { passed: 4, failed: 1, skipped: 0 },
    ]
    expect(inWords(sum(suites))).toBe('7 passed, 1 failed, 1 skipped')
    expect(inWords({ passed: 7, failed: 0, skipped: 0 })).toBe('7 passed, 0 failed')
  })
})

describe('the suites a command line asks for', () => {
  it.each([
    [[], ['unit', 'integration', 'live', 'model', 'e2e', 'rancher'], []],
    [['e2e', 'unit'], ['unit', 'e2e'], []],
    [['tests/live/chat.test.ts'], ['live'], ['tests/live/chat.test.ts']],
    [['unit', '-t', 'repeated'], ['unit'], ['-t', 'repeated']],
  ])('%j', (args, suites, rest) => {
    expect(select(args)).toEqual({ suites, rest })
  })
})
