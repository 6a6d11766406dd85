/** Long results are read in steps: with the same outcome as at once, within a bounded time, and letting others run in between. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { redactSteps } from '../../../server/redact/redact-text'
import type { Redacted } from '../../../server/redact/redact-text'
import { atOnce } from '../../../shared/steps'
import { presentResult, redactText } from '../../../server/results'
import { cleanInSteps } from '../../../server/results/clean-steps'
import { presentResultNow } from '../../../server/results/present'
import type { PresentRequest } from '../../../server/results/types'

const PASSWORD = 'correct horse 9'
const base64 = Buffer.from(PASSWORD).toString('base64')
const read = (text: string, isSpent: () => boolean): Redacted => atOnce(redactSteps(text, isSpent))

/** Spent after so many questions. */
const after = (count: number) => (): boolean => count-- <= 0

describe('redactSteps', () => {
  const lines = Array.from({ length: 4000 }, (_, at) => `${at} INFO token=abc${at} done\n`).join('')

  it('shows complete lines up to the deadline, and reports the rest', () => {
    const { text, unread } = read(lines, after(2))
    expect(unread).toBeGreaterThan(1000)
    expect(text.endsWith(' done\n')).toBe(true)
    expect(text).not.toMatch(/token=abc/)
    expect(redactText(lines).startsWith(text)).toBe(true)
  })

  it.each([
    ['YAML', `kind: Secret\ndata:\n${'  k: aGVsbG8=\n'.repeat(60_000)}`],
    ['JSON', `{"kind":"Secret","data":{${'"k":"aGVsbG8=",'.repeat(60_000)}"z":"aGVsbG8="}}`],
    ['one line', 'password=hunter2 '.repeat(60_000)],
  ])('reads a large text of %s in many steps', (_, text) => {
    const steps = [...redactSteps(text, () => false)]
    expect(steps.length).toBeGreaterThan(50)
    expect(redactText(text)).not.toMatch(/aGVsbG8=|hunter2/)
  })

  it('shows nothing of an endless line that was not read to its end', () => {
    expect(read('password=hunter2 '.repeat(10_000), after(1)).text).toBe('')
  })

  it('shows nothing of a Secret whose kind was not reached', () => {
    const text = `data:\n  a: ${base64}\n${'  note: plain words\n'.repeat(5000)}kind: Secret\n`
    expect(read(text, after(1)).text).toBe('')
  })
})

describe('a result that takes too long', () => {
  it('reports the withheld part', () => {
    const shown = atOnce(cleanInSteps('a: plain line of a log\n'.repeat(20_000), 0))
    expect(shown).toMatch(
      /<withheld: the last \d+ characters could not be checked for credentials in time; ask for less>$/,
    )
    expect(shown.length).toBeLessThan(400_000)
  })
})

describe('presentResult', () => {
  const megabytes = (line: (at: number) => string, count: number): string =>
    Array.from({ length: count }, (_, at) => line(at)).join('\n')
  const large: Record<string, PresentRequest> = {
    'a log': request(
      'pods_log',
      megabytes((at) => `${at} INFO token=abc${at} for key-${at} at https://x/${at}`, 60_000),
    ),
    'a table': request(
      'pods_list',
      `NAME          STATUS    AGE\n${megabytes((at) => `web-${at}`.padEnd(14) + 'Running   5d', 160_000)}`,
    ),
    YAML: request(
      'resources_list',
      megabytes((at) => `- kind: Secret\n  data:\n    key-${at}: ${base64}\n    other: ${base64}`, 20_000),
    ),
    words: request(
      'kubectl_describe',
      megabytes((at) => `Line ${at}: with   blanks, password: hunter${at}`, 40_000),
    ),
  }

  it.each(Object.entries(large))(
    'of %s is what it is at once, and others run meanwhile',
    { timeout: 60_000 },
    async (_, asked) => {
      const delay = monitorEventLoopDelay({ resolution: 1 })
      let turns = 0
      const ticking = setInterval(() => turns++, 0)
      delay.enable()
      const result = await presentResult(asked)
      delay.disable()
      clearInterval(ticking)
      expect(turns).toBeGreaterThan(3)
      expect(result).toEqual(presentResultNow(asked))
      expect(JSON.stringify(result)).not.toContain(base64)
    },
  )
})

function request(tool: string, text: string): PresentRequest {
  return { tool, arguments: {}, raw: { isError: false, texts: [text] }, maxTokens: 2700 }
}
