/** Answers without a look at the cluster, from the real model server: claims are marked, general answers are not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, testKubeconfig } from '../support/app'
import type { App } from '../support/app'
import { readCorpus } from '../support/claims'
import { reply } from '../support/scenarios/reply'
import { play } from '../support/scenarios/scenario'

const { TEST_OLLAMA_URL: url, TEST_OLLAMA_SCRIPTS: folder } = process.env
const there = url && folder && testKubeconfig ? { url, folder, kubeconfig: testKubeconfig } : undefined

/** Of each language and kind. */
const HALF = 15

describe.skipIf(!there)('answers without a look, from the real model server', () => {
  let app: App | undefined
  beforeAll(async () => {
    app = await startApp({ OLLAMA_BASE_URL: there?.url, KUBECONFIG: there?.kubeconfig })
  })
  afterAll(() => app?.stop())

  /** The questions whose answer is marked as not checked. The model insists: it repeats its answer. */
  async function marked(pairs: [question: string, answer: string][]): Promise<string[]> {
    if (!there || !app) throw new Error('no server')
    const found: string[] = []
    for (const [question, answer] of pairs) {
      const steps = [{ text: `<|channel|>final<|message|>${answer}<|return|>` }]
      await play(
        { name: 'answer', question, accessMode: 'read-only', loadMs: 0, steps, expect: '' },
        there.url,
        there.folder,
      )
      const got = await reply('JSON', app.url, question)
      expect(got).toMatchObject({ finishReason: 'stop', text: answer })
      if (got.notices.join().includes('Not checked against the cluster')) found.push(question)
    }
    return found
  }

  it('marks every claim', { timeout: 300_000 }, async () => {
    const { claims } = readCorpus('held-out')
    const asked = [...claims.en.slice(0, HALF), ...claims.vi.slice(0, HALF)]
    expect(await marked(asked)).toEqual(asked.map(([question]) => question))
  })

  it('marks at most two of thirty general answers', { timeout: 300_000 }, async () => {
    const { general } = readCorpus('held-out')
    const found = await marked([...general.en.slice(0, HALF), ...general.vi.slice(0, HALF)])
    expect(found.length, found.join(' | ')).toBeLessThanOrEqual(2)
  })
})
