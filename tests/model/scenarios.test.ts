/**
 * A real model server that plays scripted completions: TEST_OLLAMA_URL, the folder of its script in
 * TEST_OLLAMA_SCRIPTS, and a file of scenarios in TEST_OLLAMA_SCENARIOS. TEST_OLLAMA_SAMPLE=1: without the slow ones,
 * each through one way.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kubernetesMcpServerBinary, startApp, testKubeconfig } from '../support/app'
import type { App } from '../support/app'
import { expectationOf } from '../support/scenarios/expectation'
import type { Expectation } from '../support/scenarios/expectation'
import { reply, WAYS } from '../support/scenarios/reply'
import type { Reply } from '../support/scenarios/reply'
import { isSlow, play, readScenarios } from '../support/scenarios/scenario'
import type { Scenario } from '../support/scenarios/scenario'

const { TEST_OLLAMA_URL: url, TEST_OLLAMA_SCRIPTS: folder, TEST_OLLAMA_SCENARIOS: file } = process.env
const isSample = process.env.TEST_OLLAMA_SAMPLE === '1'
const there = url && folder && file && testKubeconfig ? { url, folder, file, kubeconfig: testKubeconfig } : undefined

const scenarios = there ? readScenarios(there.file) : []
const cases = scenarios
  .filter((scenario) => !isSample || !isSlow(scenario))
  .flatMap((scenario, at) => {
    const ways = isSample ? WAYS.slice(at % WAYS.length).slice(0, 1) : WAYS
    return ways.map((way) => ({ name: scenario.name, way, scenario }))
  })

/** Silence is given up after this time, or a multiple of it while a call may be being written. */
const STALL_SECONDS = '20'

describe.skipIf(!there)('the real model server', () => {
  const apps = new Map<Scenario['accessMode'], App>()
  beforeAll(async () => {
    for (const mode of ['read-only', 'approve'] as const) {
      const flags = mode === 'approve' ? '--toolsets core' : '--read-only'
      apps.set(
        mode,
        await startApp({
          OLLAMA_BASE_URL: there?.url,
          KUBECONFIG: there?.kubeconfig,
          ACCESS_MODE: mode,
          MCP_SERVER_COMMAND: `${kubernetesMcpServerBinary()} --disable-multi-cluster ${flags}`,
          MODEL_STALL_SECONDS: STALL_SECONDS,
        }),
      )
    }
  })
  afterAll(async () => {
    for (const app of apps.values()) await app.stop()
  })

  it.each(cases)('$name through $way', { timeout: 240_000 }, async ({ scenario, way }) => {
    const app = apps.get(scenario.accessMode)
    if (!there || !app) throw new Error('no server')
    await play(scenario, there.url, there.folder)
    const got = await reply(way, app.url, scenario.question)
    const said = JSON.stringify(got)
    expect(rawCall(got.text, scenario), `a raw call is shown: ${said}`).toBe(false)
    expect(problem(expectationOf(scenario), got), `${scenario.expect}\ngot ${said}`).toBeUndefined()
    const wait = waitOf(scenario)
    if (wait && way !== 'JSON') expect(got.progress.join(), scenario.expect).toContain(wait)
  })
})

/** What the progress line must show; JSON has none. */
function waitOf({ expect: words }: Scenario): string | undefined {
  if (/progress line says that the model writes a call/i.test(words)) return 'writing-call'
  return /progress says that the model is loading/i.test(words) ? 'loading-model' : undefined
}

/** A call in disguise, or marks of the chat template, unless the scenario wants the text as it is. */
function rawCall(text: string, { expect: words }: Scenario): boolean {
  if (/unchanged/i.test(words)) return false
  return /^\s*(```\w*\s*)?\{.*\}\s*(```)?\s*$/s.test(text) || /"(arguments|parameters)"\s*:|<\|\w+\|>/.test(text)
}

/** Why the reply is not as expected; undefined if it is. */
function problem(expected: Expectation, { text, calls, results, notices, error, finishReason }: Reply) {
  const done = calls.filter(({ status }) => status === 'ok').length
  const failure = error && `error ${error.code}`
  const lacks = (part: string) => (text.includes(part) ? undefined : `the text lacks ${JSON.stringify(part)}`)
  switch (expected.kind) {
    case 'answered': {
      const wrong = expected.calls === 'one' ? done !== 1 : expected.calls === 'some' && done === 0
      const told = expected.notices === 'none' && notices.length > 0 ? 'a notice' : undefined
      return failure ?? told ?? (wrong ? `${done} calls` : undefined) ?? lacks(expected.text)
    }
    case 'shown': {
      const untold = expected.notices === 'some' && notices.length === 0 ? 'no notice' : undefined
      return failure ?? untold ?? lacks(expected.text)
    }
    case 'cut':
      return failure ?? lacks(expected.text) ?? (finishReason === 'length' ? undefined : `ended as ${finishReason}`)
    case 'kept-or-again': {
      if (text.includes(expected.again)) return failure
      return (
        lacks(expected.text) ?? (error || notices.length > 0 || finishReason === 'length' ? undefined : 'no notice')
      )
    }
    case 'failed': {
      const words = error?.message ?? ''
      if (!expected.says.test(words) || /status 500/.test(words)) return `the error says ${JSON.stringify(words)}`
      return text === '' ? undefined : 'a failed attempt is shown'
    }
    case 'stalled':
      return error?.code === 'model-stalled' ? lacks(expected.text) : `ended as ${failure ?? finishReason}`
    case 'result-and-reason': {
      const reason = error ? error.code !== 'model-empty' : notices.length > 0 || text !== ''
      return results.includes('table') && reason ? undefined : `ended as ${failure ?? finishReason}`
    }
    case 'approval':
      return finishReason === 'approval-required' ? undefined : `ended as ${failure ?? finishReason}`
  }
}
