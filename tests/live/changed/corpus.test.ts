/** Seeded changes: found with writer and time, and joined with the failure that they caused. */
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whatChanged } from '../../../mcp/changed/what-changed'
import type { OpenCluster } from '../../../mcp/kubernetes/cluster'
import { changesResultSchema } from '../../../shared/changes/what-changed'
import { changesText } from '../../../shared/results/changes-text'
import { estimateTokens } from '../../../shared/results/tokens'
import { freePort, hasKubectl, startApp, testKubeconfig } from '../../support/app'
import { mismatch, readChangeCorpus } from '../../support/changed/corpus'
import type { ChangeCase } from '../../support/changed/corpus'
import { ChangeSeed } from '../../support/changed/seed'
import { openTestCluster } from '../../support/diagnose/cluster'

const cases = readChangeCorpus()
const harmful = cases.filter((each) => each.expect)
const harmless = cases.filter((each) => each.harmless)
/** Of ten. */
const LEAST_RIGHT = 9
/** In milliseconds, until all failures have shown themselves. */
const MAX_MS = 120_000

describe.skipIf(!testKubeconfig || !hasKubectl())('what changed, of seeded changes', () => {
  const kubeconfig = testKubeconfig ?? ''
  const seed = new ChangeSeed(kubeconfig, cases)
  let cluster: OpenCluster
  let changedAt: number

  beforeAll(async () => {
    cluster = openTestCluster(kubeconfig)
    await seed.apply()
    changedAt = Date.now()
  }, 300_000)
  afterAll(async () => {
    await cluster.close()
    await seed.remove()
  })

  function ask({ id }: ChangeCase) {
    const now = Date.now()
    const signal = AbortSignal.timeout(30_000)
    return whatChanged(cluster, { namespace: id }, { signal, now, since: now - 60 * 60_000 })
  }

  it(
    `finds at least ${LEAST_RIGHT} of 10 with writer and time, joined with their failures`,
    async () => {
      const most = harmful.length * (1 - LEAST_RIGHT / 10)
      let wrong: string[]
      do {
        wrong = []
        for (const each of harmful) {
          const problem = mismatch(each, await ask(each))
          if (problem !== undefined) wrong.push(`${each.id}: ${problem}`)
        }
        if (wrong.length <= most) break
        await setTimeout(3000)
      } while (Date.now() - changedAt < MAX_MS)
      console.info([`joined: ${harmful.length - wrong.length} of ${harmful.length}`, ...wrong].join('\n'))
      expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(most)
    },
    MAX_MS * 2,
  )

  it('gives the time of each change to the second', async () => {
    for (const each of harmful) {
      const { changes } = await ask(each)
      const times = changes.map(({ at }) => Date.parse(at))
      expect(times, each.id).toEqual([...times].sort((one, other) => other - one))
      expect(Math.max(...times), each.id).toBeLessThanOrEqual(Date.now())
    }
  })

  it('joins no failure with a change that did not cause it', async () => {
    for (const each of harmless) expect(mismatch(each, await ask(each)), each.id).toBeUndefined()
  })

  it('tells the model in at most 600 tokens', async () => {
    for (const each of cases) {
      const text = changesText(await ask(each), { maxTokens: 1200 })
      expect(estimateTokens(text), each.id).toBeLessThanOrEqual(600)
    }
  })

  it('answers GET /api/changes with the model off', async () => {
    const nothing = `http://127.0.0.1:${await freePort()}`
    const app = await startApp({ OLLAMA_BASE_URL: nothing, KUBECONFIG: kubeconfig })
    try {
      const [first] = harmful
      const question = new URLSearchParams({ namespace: first?.id ?? '', since: '2h' }).toString()
      const response = await fetch(`${app.url}/api/changes?${question}`)
      expect(response.status).toBe(200)
      const result = changesResultSchema.parse(await response.json())
      expect(first && mismatch(first, result)).toBeUndefined()
      const missing = await fetch(`${app.url}/api/changes?namespace=chg-gone`)
      expect(missing.status).toBe(404)
      const wrong = await fetch(`${app.url}/api/changes?since=yesterdayish`)
      expect(await wrong.json()).toMatchObject({ kind: 'text' })
    } finally {
      await app.stop()
    }
  })
})
