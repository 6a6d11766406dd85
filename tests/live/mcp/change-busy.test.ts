/** A sample of the series `busy-objects`: others write to the object between card and approval. */
import { describe, expect, it } from 'vitest'
import { OTHER_OBJECTS } from '../../soak/changes/busy/meddling'
import { seeded } from '../../soak/random'
import { busyObjects } from '../../soak/series/busy-objects'
import { testKubeconfig } from '../../support/app'

describe.skipIf(!testKubeconfig)('objects that others write to', () => {
  it('changes a busy object, and asks again about one that is not as shown', { timeout: 600_000 }, async () => {
    const [runs, seed] = [OTHER_OBJECTS.length, 10]
    const report = await busyObjects.run({ runs, seed, random: seeded(seed), env: process.env, log: () => undefined })
    expect(report.violations).toEqual([])
    expect(report.figures['writes of others meanwhile']).toBeGreaterThan(runs)
    expect(report.figures['asked again about fields']).toBe(`${runs} of ${runs}`)
    expect(report.figures['asked again about objects']).toBe(`${runs} of ${runs}`)
  })
})
