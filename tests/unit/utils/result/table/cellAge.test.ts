import { describe, expect, it } from 'vitest'
import { agedCell, growsWithTime } from '../../../../../utils/result/table/cellAge'

describe('the age in a cell', () => {
  it.each([
    ['104s', 120, '3m44s'],
    ['9m59s', 1, '10m'],
    ['5d3h', 3600, '5d4h'],
    ['12 (2m ago)', 60, '12 (3m ago)'],
    ['2y3d', 86_400, '2y4d'],
  ])('%s is after %d s: %s', (cell, seconds, later) => {
    expect(agedCell(cell, seconds)).toBe(later)
  })

  it.each(['', '<unknown>', '3', 'yesterday', '2026-11-30T00:00:00Z'])('leaves %j alone', (cell) => {
    expect(agedCell(cell, 3600)).toBe(cell)
  })

  it('is as it was read if no time has passed, or is known to have', () => {
    expect(agedCell('1h30m', 0)).toBe('1h30m')
  })

  it('is no duration, which may have ended', () => {
    expect(['AGE', 'LAST SEEN', 'RESTARTS'].every(growsWithTime)).toBe(true)
    expect(growsWithTime('DURATION')).toBe(false)
  })
})
