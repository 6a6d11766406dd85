/** The short form of `npm run eval` on a real cluster, with a model that plays every solution. */
import { expect, it } from 'vitest'
import { testKubeconfig } from '../../support/app'
import { failedRuns, startEvaluation } from '../../support/evaluation'

it.skipIf(!testKubeconfig)('passes every task of the sample', async () => {
  const evaluation = await startEvaluation('solution', testKubeconfig)
  try {
    const results = await evaluation.run([], true)
    expect(failedRuns(results)).toEqual([])
    expect(results.length).toBeGreaterThan(20)
  } finally {
    await evaluation.close()
  }
})
