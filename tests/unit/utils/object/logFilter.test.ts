import { expect, it } from 'vitest'
import { linesOfLevel } from '../../../../utils/object/logFilter'

const log = [
  '2026-11-29 10:00:00 INFO start',
  '2026-11-29 10:00:01 WARN slow',
  '2026-11-29 10:00:02 ERROR failed',
  '    at cart.go:12',
  'ready',
].join('\n')

it('keeps lines of at least the level, and a stack trace with its error', () => {
  expect(linesOfLevel(log, 'all')).toBe(log)
  expect(linesOfLevel(log, 'warnings').split('\n')).toHaveLength(3)
  expect(linesOfLevel(log, 'errors')).toBe('2026-11-29 10:00:02 ERROR failed\n    at cart.go:12')
})
