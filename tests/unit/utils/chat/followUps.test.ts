import { describe, expect, it } from 'vitest'
import type { ResultPart } from '../../../../shared/result'
import { followUps } from '../../../../utils/chat/followUps'

const pods: ResultPart = {
  kind: 'table',
  resource: { kind: 'Pod', group: '', version: 'v1', plural: 'pods', namespaced: true },
  columns: ['NAMESPACE', 'NAME'],
  rows: [
    ['shop', 'web-1'],
    ['shop', 'cart-1'],
  ],
  verdicts: ['ok', 'bad'],
}
const texts = (results: ResultPart[], asked = '') => followUps(results, asked).map(({ text }) => text)

describe('followUps', () => {
  it('goes on with the worst row of a table', () => {
    expect(texts([pods])).toEqual([
      '/diagnose pod/cart-1 -n shop',
      '/logs pod/cart-1 -n shop',
      '/events pod/cart-1 -n shop',
    ])
  })

  it('has no log for a kind without one, and nothing if all is well', () => {
    const resource = { kind: 'Service', group: '', version: 'v1', plural: 'services', namespaced: true }
    expect(texts([{ ...pods, resource }])).not.toContain('/logs service/cart-1 -n shop')
    expect(texts([{ ...pods, verdicts: ['ok', 'ok'] }])).toEqual([])
  })

  it('does not suggest the command that was run', () => {
    const log: ResultPart = { kind: 'log', text: 'x', pod: 'cart-1', namespace: 'shop' }
    expect(texts([log], '/events pod/cart-1 -n shop')).toEqual([
      '/diagnose pod/cart-1 -n shop',
      '/changes pod/cart-1 -n shop',
    ])
  })

  it('takes the newest result that has an object', () => {
    expect(texts([pods, { kind: 'text', text: 'nothing' }])).toHaveLength(3)
  })
})
