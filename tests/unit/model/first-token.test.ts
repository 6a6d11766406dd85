import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchFirstToken } from '../../../server/model/first-token'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('waiting for the first token', () => {
  it('asks nothing of a model that answers soon', async () => {
    const untilLoaded = vi.fn(async () => undefined)
    const stop = watchFirstToken(untilLoaded, () => undefined)
    await vi.advanceTimersByTimeAsync(1400)
    stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(untilLoaded).not.toHaveBeenCalled()
  })

  it('reports a load while the server waits for it, and then the wait for the model', async () => {
    const loaded = Promise.withResolvers<undefined>()
    const told: string[] = []
    const stop = watchFirstToken(
      () => loaded.promise,
      (state) => told.push(state),
    )
    await vi.advanceTimersByTimeAsync(15_000)
    expect(told).toEqual(['loading-model'])
    loaded.resolve(undefined)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told).toEqual(['loading-model', 'waiting-for-model'])
    stop()
  })

  it('takes no load for a model that is in memory', async () => {
    const told: string[] = []
    const stop = watchFirstToken(
      async () => undefined,
      (state) => told.push(state),
    )
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told).toEqual(['waiting-for-model'])
    stop()
  })

  it('is silent after its end and stops asking', async () => {
    const told: string[] = []
    const signals: AbortSignal[] = []
    const stop = watchFirstToken(
      (signal) => {
        signals.push(signal)
        return new Promise(() => undefined)
      },
      (state) => told.push(state),
    )
    await vi.advanceTimersByTimeAsync(1600)
    stop()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(told).toEqual([])
    expect(signals.map(({ aborted }) => aborted)).toEqual([true])
  })

  it('takes a server that does not answer for one that has it loaded', async () => {
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
