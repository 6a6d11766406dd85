/** Seeded faults and healthy variants: the cause comes first, by code alone and through the whole product. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findingsResultSchema } from '../../../shared/findings'
import type { FindingsResult } from '../../../shared/findings'
import type { OpenCluster } from '../../../mcp/kubernetes/cluster'
import { freePort, hasKubectl, startApp, testKubeconfig } from '../../support/app'
import type { App } from '../../support/app'
import { askJson, onlyResult } from '../../support/chat'
import { diagnoseIn, openTestCluster } from '../../support/diagnose/cluster'
import { mismatch, questionOf, readCorpus } from '../../support/diagnose/corpus'
import { Seed } from '../../support/diagnose/seed'
import { startRepeatingModel } from '../../support/diagnose/repeating-model'

const { faults, healthy } = readCorpus()
/** Of ten. */
const LEAST_RIGHT = 9
const MAX_MS = 2000

describe.skipIf(!testKubeconfig || !hasKubectl())('a diagnosis of seeded faults', () => {
  const kubeconfig = testKubeconfig ?? ''
  const seed = new Seed(kubeconfig, [...faults, ...healthy])

  beforeAll(() => seed.apply(), 400_000)
  afterAll(() => seed.remove())

  /** Asks about all cases by one way. */
  async function expectRight(ask: (question: Record<string, string>) => Promise<FindingsResult>): Promise<void> {
    const wrong: string[] = []
    for (const each of faults) {
      const problem = mismatch(each, await ask(questionOf(each)))
      if (problem !== undefined) wrong.push(`${each.id}: ${problem}`)
    }
    console.info(`right cause first: ${faults.length - wrong.length} of ${faults.length}`)
    expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(faults.length * (1 - LEAST_RIGHT / 10))
    for (const each of healthy) {
      const { findings, verdict } = await ask(questionOf(each))
      const found = findings.map(({ cause, object }) => `${object.kind} ${object.name}: ${cause.text}`)
      expect(found, each.id).toEqual([])
      expect(verdict).toBe('ok')
    }
  }

  describe('by code alone', () => {
    let cluster: OpenCluster
    const times: number[] = []
    beforeAll(() => {
      cluster = openTestCluster(kubeconfig)
    })
    afterAll(() => cluster.close())

    it(`has the right cause first in ${LEAST_RIGHT} of 10, and finds nothing in what is healthy`, async () => {
      await expectRight(async (question) => {
        const { answer, ms } = await diagnoseIn(cluster, question)
        times.push(ms)
        return answer
      })
    })

    it('takes at most two seconds each', () => {
      console.info(`the slowest of ${times.length}: ${Math.round(Math.max(...times))} ms`)
      expect(Math.max(...times)).toBeLessThan(MAX_MS)
    })
  })

  describe('with a model that only repeats the findings', () => {
    let model: Awaited<ReturnType<typeof startRepeatingModel>>
    let app: App
    beforeAll(async () => {
      model = await startRepeatingModel()
      app = await startApp({ OLLAMA_BASE_URL: model.url, KUBECONFIG: kubeconfig, MAX_TURNS_PER_MINUTE: '10000' })
    })
    afterAll(async () => {
      await app.stop()
      await model.close()
    })

    it('has the same causes first, and answers with them', async () => {
      await expectRight(async (question) => {
        const answer = await askJson(app.url, JSON.stringify(question))
        const result = findingsResultSchema.parse(onlyResult(answer))
        expect(answer.message.content).toContain(result.summary.text.slice(0, 60))
        return result
      })
    })
  })

  describe('with the model off', () => {
    let app: App
    beforeAll(async () => {
      const nothing = `http://127.0.0.1:${await freePort()}`
      app = await startApp({ OLLAMA_BASE_URL: nothing, KUBECONFIG: kubeconfig })
    })
    afterAll(() => app.stop())

    it('answers GET /api/findings with the same causes first', async () => {
      await expectRight(async (question) => {
        const response = await fetch(`${app.url}/api/findings?${new URLSearchParams(question).toString()}`)
        expect(response.status).toBe(200)
        return findingsResultSchema.parse(await response.json())
      })
    })

    it('answers 404 for a namespace that does not exist', async () => {
      const response = await fetch(`${app.url}/api/findings?namespace=shopp-gone`)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ kind: 'text', code: 'missing-namespace' })
    })
  })
})
