/** A sample of the series `change-identity`: every kind of change of cluster, user or program before the approval. */
import { describe, expect, it } from 'vitest'
import { WAYS } from '../../soak/changes/identity/ways'
import { NEEDS } from '../../soak/identity/sides'
import { seeded } from '../../soak/random'
import { changeIdentity } from '../../soak/series/change-identity'

describe.skipIf(NEEDS.some((name) => !process.env[name]))('changes on two real clusters', () => {
  it('makes a change on the cluster and as the user of its card, or not at all', { timeout: 600_000 }, async () => {
    const runs = WAYS.length
    const seed = 10
    const report = await changeIdentity.run({
      runs,
      seed,
      random: seeded(seed),
      env: process.env,
      log: () => undefined,
    })
    expect(report.violations).toEqual([])
    expect(report.figures).toMatchObject({
      ways: runs,
      'writes on another cluster': 0,
      'writes as another user': 0,
    })
    expect(report.figures['carried out']).toBeGreaterThan(5)
    expect(report.figures.refused).toBeGreaterThan(20)
  })
})
