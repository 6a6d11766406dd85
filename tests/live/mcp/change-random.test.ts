/** A sample of the series `random-changes`: the card shows what happens. */
import { describe, expect, it } from 'vitest'
import { seeded } from '../../soak/random'
import { randomChanges } from '../../soak/series/random-changes'
import { testKubeconfig } from '../../support/app'

describe.skipIf(!testKubeconfig)('random changes on a real API server', () => {
  it('does what the card shows, but for the values that it calls assigned', { timeout: 600_000 }, async () => {
    const [runs, seed] = [30, 10]
    const report = await randomChanges.run({ runs, seed, random: seeded(seed), env: process.env, log: () => undefined })
    expect(report.violations).toEqual([])
    expect(report.figures['objects changed']).toBeGreaterThan(20)
    expect(report.figures['assigned values']).toBeGreaterThan(0)
  })
})
