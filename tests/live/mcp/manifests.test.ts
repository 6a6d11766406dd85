import { describe, expect, it } from 'vitest'
import { seeded } from '../../soak/random'
import { hasKubectl, testKubeconfig } from '../../support/app'
import { compareManifests } from '../../support/kube/manifests/compare'

/** A sample of the long series. */
const COUNT = 300

describe.skipIf(!testKubeconfig || !hasKubectl())('manifests as kubectl reads them', () => {
  it(`makes the same JSON of ${COUNT} random manifests, or refuses them with the line`, async () => {
    const { same, violations } = await compareManifests(testKubeconfig ?? '', seeded(10).fork('manifests'), 0, COUNT)
    expect(violations).toEqual([])
    // A reader that refuses everything would also pass the comparison.
    expect(same).toBeGreaterThan(COUNT / 2)
  })
})
