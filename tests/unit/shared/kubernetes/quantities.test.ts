import { describe, expect, it } from 'vitest'
import { formatCpu, formatMemory, formatShare, parseQuantity } from '../../../../shared/kubernetes/quantities'

describe('parseQuantity', () => {
  it.each([
    ['250m', 0.25],
    ['0.5', 0.5],
    ['.5', 0.5],
    ['1500000n', 0.0015],
    ['64Mi', 64 * 2 ** 20],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['500M', 5e8],
    ['2e3', 2000],
    ['1E', 1e18],
  ])('reads %s', (text, value) => {
    expect(parseQuantity(text)).toBeCloseTo(value, 9)
  })

  it('reads nothing else', () => {
    for (const text of ['', '<unknown>', '12%', '5m3s', '1.2.3']) expect(parseQuantity(text)).toBeUndefined()
  })
})

describe('formats of kubectl top', () => {
  it('rounds CPU up and memory to the next Mi', () => {
    expect([formatCpu(0.0015), formatCpu(0.29), formatCpu(2)]).toEqual(['2m', '290m', '2000m'])
    expect(formatMemory(2968995 * 1024)).toBe('2899Mi')
  })

  it('gives no share of nothing', () => {
    expect([formatShare(1, 4), formatShare(1, 0), formatShare(1, undefined)]).toEqual(['25%', '', ''])
  })
})
