import { describe, expect, it } from 'vitest'
import { nearest } from '../../../../../mcp/kubernetes/discovery/near'

describe('nearest', () => {
  it.each([
    ['wbe', ['api', 'cart', 'web'], ['web']],
    ['shopp', ['payments', 'shop', 'shop-test'], ['shop']],
    ['pdos', ['horizontalpodautoscalers', 'pods', 'nodes'], ['pods']],
    ['pdcsi', ['gce-pd-csi-driver', 'coredns'], ['gce-pd-csi-driver']],
    ['web', ['web-7f9c-abcde', 'cart-1'], ['web-7f9c-abcde']],
    ['zzz', ['web', 'cart'], []],
  ])('finds what %s may mean', (wanted, names, found) => {
    expect(nearest(wanted, names)[0]).toBe(found[0])
  })
})
