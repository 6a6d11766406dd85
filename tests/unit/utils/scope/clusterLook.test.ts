import { describe, expect, it } from 'vitest'
import { clusterHue, isProduction } from '../../../../utils/scope/clusterLook'

describe('a cluster is marked as production', () => {
  it.each([
    [['prod-eu'], ['prod-eu', undefined], true],
    [['prod-*'], ['staging', 'prod-us'], true],
    [['*live*'], ['shop-live-2'], true],
    [['PROD'], ['prod'], true],
    [['prod'], ['prod-eu'], false],
    [['a.b'], ['axb'], false],
    [['prod-*'], [undefined], false],
    [[], ['prod'], false],
  ])('%j for %j: %s', (patterns, names, expected) => {
    expect(isProduction(patterns, names)).toBe(expected)
  })
})

describe('the hue of a cluster', () => {
  it('is the same on every page, and differs between clusters', () => {
    const names = ['prod-eu', 'prod-us', 'staging', 'test', 'local', 'edge', 'lab', 'c-m-abc12']
    const hues = names.map(clusterHue)
    expect(names.map(clusterHue)).toEqual(hues)
    expect(new Set(hues).size).toBeGreaterThan(3)
  })

  it('is none of the states: red, amber, green', () => {
    for (let n = 0; n < 100; n++) {
      const hue = clusterHue(`cluster-${n}`)
      expect(hue).toBeGreaterThanOrEqual(200)
      expect(hue).toBeLessThanOrEqual(345)
    }
  })
})
