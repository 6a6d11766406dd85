/** `npm run eval` on the demo cluster with scripted models: one that is right, one that fails, and none. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { keepResult } from '../../../packages/eval/src/report/keep-result'
import { recoveredOf } from '../../../packages/eval/src/scripted/run-failures'
import { healthSchema } from '../../../shared/health'
import { failedRuns, startEvaluation } from '../../support/evaluation'
import type { Evaluation } from '../../support/evaluation'

let folder: string
const open: Evaluation[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluation-'))
  return () => rmSync(folder, { recursive: true })
})
afterEach(async () => {
  for (const evaluation of open.splice(0)) await evaluation.close()
})

async function start(...args: Parameters<typeof startEvaluation>): Promise<Evaluation> {
  const evaluation = await startEvaluation(...args)
  open.push(evaluation)
  return evaluation
}

const SAMPLE = [
  'read/images',
  'read/follow-up',
  'change/scale-up',
  'change/declined',
  'refuse/secret',
  'vietnamese/count',
]

it('passes a model that plays every solution', async () => {
  const results = await (await start('solution')).run(SAMPLE)
  expect(failedRuns(results)).toEqual([])
  expect(results.length).toBeGreaterThanOrEqual(SAMPLE.length)
  expect(results.find(({ task }) => task === 'change/scale-up')).toMatchObject({
    calls: ['kubectl_get', 'kubectl_scale'],
    steps: 3,
  })
})

it('recovers at least half of what small models break', async () => {
  const ids = [
    ...['narrates-patch', 'leaked-channel-in-name', 'broken-call-ends-the-stream', 'unfinished-arguments'],
    ...['empty-answer', 'null-values', 'repeats-a-call', 'call-as-json', 'claims-a-state', 'number-as-text'],
  ]
  const { recovered, of } = recoveredOf(await (await start('failures')).fail(ids))
  expect(of).toBe(ids.length)
  expect(recovered).toBeGreaterThanOrEqual(of / 2)
})

it('fails every task if no model answers, and blames the model server', async () => {
  const results = await (await start('off')).run(SAMPLE)
  expect(new Set(results.map(({ passed, cause }) => `${passed} ${cause}`))).toEqual(
    new Set(['false model-unavailable']),
  )
})

it('shows the last result of the model in use, and of no other', async () => {
  const env = { EVAL_RESULT_FILE: join(folder, 'evaluation.json') }
  const about = { at: '2026-11-29T10:00:00.000Z', version: '0.1.0', cluster: 'demo', runs: 1, short: true, skipped: [] }
  keepResult({ ...about, model: 'scripted-solution', results: [] }, env)
  keepResult({ ...about, model: 'other', results: [] }, env)
  const shown = async (kind: 'solution' | 'off') => {
    const response = await fetch(`${await (await start(kind, undefined, env)).url()}/health`)
    return healthSchema.parse(await response.json()).model.evaluated
  }
  expect(await shown('solution')).toEqual({ at: about.at, passed: 0, of: 0 })
  expect(await shown('off')).toBeUndefined()
})
