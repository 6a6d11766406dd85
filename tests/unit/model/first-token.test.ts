import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchFirstToken } from '../../../server/model/first-token'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('waiting for the first token', () => {
  it('asks nothing of a model that answers soon', async () => {
    const isLoaded = vi.fn(async () => false)
    const stop = watchFirstToken(isLoaded, () => undefined)
    await vi.advanceTimersByTimeAsync(1400)
    stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(isLoaded).not.toHaveBeenCalled()
  })

  it('reports the reason for the wait, once for each change', async () => {
    let loaded: boolean | undefined = false
    const told: string[] = []
    const stop = watchFirstToken(
      async () => loaded,
      (state) => told.push(state),
    )
    await vi.advanceTimersByTimeAsync(10_000)
    loaded = true
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told).toEqual(['loading-model', 'waiting-for-model'])
    stop()
  })

  it('is silent after its end, even with a pending check', async () => {
    const asked = Promise.withResolvers<boolean>()
    const told: string[] = []
    const stop = watchFirstToken(
      () => asked.promise,
      (state) => told.push(state),
    )
    await vi.advanceTimersByTimeAsync(2000)
    stop()
    asked.resolve(false)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told).toEqual([])
  })

  it('takes a server that does not say, or does not answer, for one that has it loaded', async () => {
    const told: string[] = []
    const stop = watchFirstToken(
      () => Promise.reject(new Error('refused')),
      (state) => told.push(state),
    )
    await vi.advanceTimersByTimeAsync(2000)
    expect(told).toEqual(['waiting-for-model'])
    stop()
  })
})
