import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { countSuite, inWords, sum } from '../../../scripts/reports.mjs'
import { select } from '../../../scripts/suites.mjs'

const folder = mkdtempSync(join(tmpdir(), 'reports-test-'))
const report = join(folder, 'report.json')
afterAll(() => rmSync(folder, { recursive: true }))

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [] }

describe('the count of a suite', () => {
  it('is vitest’s', () => {
    const testResults = [
      {
        name: resolve('tests/a.test.ts'),
        status: 'failed',
        assertionResults: [
          { status: 'failed', fullName: 'a does b' },
          { status: 'passed', fullName: 'a does c' },
          { status: 'failed', fullName: 'a does d' },
        ],
      },
    ]
    writeFileSync(report, JSON.stringify({ ...vitest, numFailedTests: 2, testResults }))
    const failures = ['tests/a.test.ts › a does b', 'tests/a.test.ts › a does d']
    expect(countSuite(report, 'vitest', 1)).toEqual({ passed: 3, failed: 2, skipped: 1, failures, flaky: [] })
  })

  it('is Playwright’s', () => {
    const specs = [
      { title: 'shows pods', ok: true },
      { title: 'stops', ok: false, tests: [{ status: 'unexpected' }] },
      { title: 'reloads', ok: true, tests: [{ status: 'flaky' }] },
    ]
    const suites = [{ title: 'e2e/chat.test.ts', specs: [], suites: [{ title: 'the chat', specs }] }]
    writeFileSync(report, JSON.stringify({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, suites }))
    const failures = ['e2e/chat.test.ts › the chat › stops']
    const flaky = ['e2e/chat.test.ts › the chat › reloads']
    expect(countSuite(report, 'playwright', 1)).toEqual({ passed: 5, failed: 1, skipped: 2, failures, flaky })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [
      { name: resolve('tests/a.test.ts'), status: 'failed', assertionResults: [] },
      { name: resolve('tests/b.test.ts'), status: 'passed', assertionResults: [{ status: 'passed', fullName: 'b' }] },
    ]
    writeFileSync(report, JSON.stringify({ ...vitest, testResults }))
    expect(countSuite(report, 'vitest', 1)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 1,
      failures: ['tests/a.test.ts does not load'],
      flaky: [],
    })
  })

  it('does not count a file twice whose tests failed', () => {
    const assertionResults = [
      { status: 'failed', fullName: 'a' },
      { status: 'passed', fullName: 'b' },
    ]
    const testResults = [{ name: resolve('tests/a.test.ts'), status: 'failed', assertionResults }]
    writeFileSync(report, JSON.stringify({ ...vitest, numFailedTests: 1, testResults }))
    expect(countSuite(report, 'vitest', 1).failed).toBe(1)
  })

  it('never takes a failed run for success', () => {
    writeFileSync(report, JSON.stringify(vitest))
    expect(countSuite(report, 'vitest', 1).failed).toBe(1)
    expect(countSuite(join(folder, 'none.json'), 'playwright', 134)).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('the summary', () => {
  it('sums the suites up', () => {
    const suites = [
      { passed: 3, failed: 0, skipped: 1, failures: [], flaky: [] },
      { passed: 4, failed: 1, skipped: 0, failures: ['a'], flaky: ['b'] },
    ]
    expect(inWords(sum(suites))).toBe('7 passed (1 at the second try), 1 failed, 1 skipped')
    expect(sum(suites).failures).toEqual(['a'])
    expect(inWords({ passed: 7, failed: 0, skipped: 0, failures: [], flaky: [] })).toBe('7 passed, 0 failed')
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
