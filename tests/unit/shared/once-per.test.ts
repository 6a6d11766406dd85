import { expect, it, vi } from 'vitest'
import { oncePer } from '../../../shared/once-per'

it('computes once for each object, also if there is no value', () => {
  const compute = vi.fn((key: { size?: number }) => key.size)
  const sizeOf = oncePer(compute)
  const [one, none] = [{ size: 3 }, {}]
  expect([sizeOf(one), sizeOf(none), sizeOf(one), sizeOf(none), sizeOf({ size: 3 })]).toEqual([
    3,
    undefined,
    3,
    undefined,
    3,
  ])
  expect(compute).toHaveBeenCalledTimes(3)
})
