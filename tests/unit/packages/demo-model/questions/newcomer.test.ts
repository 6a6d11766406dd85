/** The first call of the demo's rules for what a newcomer asks, with our own tools on the demo cluster. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { converseOn } from '../converse'
import { allTools, openOwnCluster, type OwnCluster } from '../own-cluster'
import { collectedEnglish, collectedVietnamese } from './collected'
import { english, vietnamese } from './newcomer'
import { isRight } from './question'

let cluster: OwnCluster
beforeAll(async () => {
  cluster = await openOwnCluster()
})
afterAll(() => cluster.close())

describe.each([
  ['our own in English', english],
  ['our own in Vietnamese', vietnamese],
  ['those of guides in English', collectedEnglish],
  ['those of guides in Vietnamese', collectedVietnamese],
])('of the questions, %s', (_name, questions) => {
  it.each(questions)('$ask', async (question) => {
    const { rounds } = await converseOn([...(question.after ?? []), question.ask], {
      tools: allTools,
      run: cluster.run,
    })
    const made = rounds[0]?.[0]
    expect(isRight(question, made), `It called ${JSON.stringify(made)}.`).toBe(true)
  })
})
