/** The first call of the demo's rules for what a newcomer asks, with our own tools on the demo cluster. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { converseOn } from '../converse'
import { allTools, openOwnCluster, type OwnCluster } from '../own-cluster'
import { english, vietnamese } from './newcomer'
import { isRight } from './question'

let cluster: OwnCluster
beforeAll(async () => {
  cluster = await openOwnCluster()
})
afterAll(() => cluster.close())

it('begins with the right call for at least 12 of 40 questions', async () => {
  const wrong: string[] = []
  for (const question of [...english, ...vietnamese]) {
    const { rounds } = await converseOn([...(question.after ?? []), question.ask], {
      tools: allTools,
      run: cluster.run,
    })
    const made = rounds[0]?.[0]
    if (!isRight(question, made)) wrong.push(`${question.ask} → ${JSON.stringify(made)}`)
  }
  expect(wrong.length, wrong.join('\n')).toBeLessThanOrEqual(28)
})
