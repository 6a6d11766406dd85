import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Watchdog } from '../../../server/model/watchdog'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const limits = { firstTokenMs: 600_000, stallMs: 120_000 }

describe('the watchdog', () => {
  it('grants the first chunk its own, longer time', () => {
    const watchdog = new Watchdog(new AbortController().signal, limits)
    vi.advanceTimersByTime(599_999)
    expect(watchdog.signal.aborted).toBe(false)
    vi.advanceTimersByTime(1)
    expect(watchdog.signal.aborted).toBe(true)
    expect(() => watchdog.throwIfEnded()).toThrow('within 600 s')
  })

  it('ends a stream that is silent after a chunk', () => {
    const watchdog = new Watchdog(new AbortController().signal, limits)
    watchdog.arrived()
    vi.advanceTimersByTime(120_000)
    expect(() => watchdog.throwIfEnded()).toThrow('for 120 s')
  })

  it('counts from the last chunk', () => {
    const watchdog = new Watchdog(new AbortController().signal, limits)
    for (let chunk = 0; chunk < 5; chunk++) {
      vi.advanceTimersByTime(119_999)
      watchdog.arrived()
    }
    expect(watchdog.signal.aborted).toBe(false)
  })

  it('does not count after it was closed', () => {
    const watchdog = new Watchdog(new AbortController().signal, limits)
    watchdog.close(false)
    expect(vi.getTimerCount()).toBe(0)
    expect(() => watchdog.throwIfEnded()).not.toThrow()
  })

  it('model-9: grants five times the silence while a call may be being written', () => {
    const watchdog = new Watchdog(new AbortController().signal, limits)
    watchdog.arrived(true)
    vi.advanceTimersByTime(599_999)
    expect(watchdog.signal.aborted).toBe(false)
    vi.advanceTimersByTime(1)
    expect(() => watchdog.throwIfEnded()).toThrow('for 600 s')
  })
})
