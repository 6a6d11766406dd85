import { describe, expect, it } from 'vitest'
import { paceAfterRead, paceAfterRefusal, START_PACE } from '../../../../utils/result/pace'

describe('the pace of a live result', () => {
  it('is every five seconds, slower for an expensive read, and at least once a minute', () => {
    expect(paceAfterRead(80).wait).toBe(5000)
    expect(paceAfterRead(2000).wait).toBe(20_000)
    expect(paceAfterRead(30_000).wait).toBe(60_000)
  })

  it('slows down with each refusal in a row, never below what the server asked for', () => {
    const once = paceAfterRefusal(START_PACE, 1)
    const twice = paceAfterRefusal(once, 1)
    expect([once.wait, twice.wait]).toEqual([10_000, 20_000])
    expect(paceAfterRefusal(START_PACE, 45).wait).toBe(45_000)
    expect(paceAfterRefusal({ wait: 60_000, refusals: 9 }, 1).wait).toBe(60_000)
  })

  it('is the usual one again after a read', () => {
    expect(paceAfterRead(80)).toEqual(START_PACE)
  })
})
