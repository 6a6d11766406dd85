import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { hearServerTime, serverNow } from '../../../../utils/connection/serverClock'

const at = (date?: string) => new Response(null, { headers: date === undefined ? {} : { date } })

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12) }))
afterEach(() => void vi.useRealTimers())

describe("the server's clock", () => {
  it('is this machine’s until the server has said otherwise', () => {
    expect(serverNow()).toBe(Date.now())
    hearServerTime(at())
    hearServerTime(at('soon'))
    expect(serverNow()).toBe(Date.now())
  })

  it('is followed if it is off', () => {
    hearServerTime(at('Thu, 01 Jan 2026 11:40:00 GMT'))
    vi.advanceTimersByTime(5000)
    expect(new Date(serverNow()).toISOString()).toBe('2026-01-01T11:40:05.000Z')
  })

  it('is unchanged if only the header is imprecise', () => {
    hearServerTime(at('Thu, 01 Jan 2026 11:59:59 GMT'))
    expect(serverNow()).toBe(Date.now())
  })
})
