import { describe, expect, it } from 'vitest'
import { readLogLine } from '../../../../../utils/result/log/logLine'

const time = Date.parse('2026-11-30T05:08:09.034Z')

describe('a line of a log', () => {
  it.each([
    '2026-11-30T05:08:09.034Z WARN dial tcp',
    '[2026-11-30T05:08:09.034Z] WARN dial tcp',
    '2026-11-30 05:08:09,034Z WARN dial tcp',
    '2026-11-30T07:08:09.034+02:00 WARN dial tcp',
  ])('is a time and a message: %s', (line) => {
    expect(readLogLine(line)).toEqual({ time, text: 'WARN dial tcp', raw: line })
  })

  it('is read from JSON, message first', () => {
    const line = '{"ts":"2026-11-30T05:08:09.034Z","level":"warn","msg":"dial tcp","host":"redis"}'
    expect(readLogLine(line)).toEqual({ time, text: 'WARN dial tcp host=redis', raw: line })
  })

  it.each(['starting', '2026-11-30 05:08:09 WARN dial tcp', '12:00:01 up', ''])(
    'stays whole without a time and its zone: %j',
    (line) => {
      expect(readLogLine(line)).toEqual({ text: line })
    },
  )
})
