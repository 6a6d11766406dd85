import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClusterState } from '../../../server/mcp/links/cluster-state'
import { watchLogin } from '../../../server/core/connections/watch-login'

describe('watching a login', () => {
  let state: ClusterState | undefined
  let changed: () => void
  const onEnded = vi.fn()
  /** Answers of the login's own server, in order. */
  let answers: (boolean | Error)[]
  let asked: number

  const refused: ClusterState = { state: 'error', code: 'unauthorized', text: 'Unauthorized' }
  const watch = () =>
    watchLogin(
      { clusterState: { current: () => state }, onChange: (listener) => (changed = listener) },
      async () => {
        asked++
        const next = answers.shift() ?? false
        if (next instanceof Error) throw next
        return next
      },
      onEnded,
    )

  beforeEach(() => {
    vi.useFakeTimers()
    state = refused
    asked = 0
    onEnded.mockClear()
  })
  afterEach(() => void vi.useRealTimers())

  it('asks again after an error and after "not yet", and reports the end once', async () => {
    answers = [new Error('out of reach'), false, true, true]
    watch()
    changed()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(onEnded).toHaveBeenCalledOnce()
    expect(asked).toBe(3)
  })

  it('stops asking once the API server accepts the login', async () => {
    answers = []
    watch()
    changed()
    await vi.advanceTimersByTimeAsync(1000)
    state = undefined
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toBe(1)
  })

  it('stops asking when it is stopped', async () => {
    answers = []
    const stop = watch()
    changed()
    await vi.advanceTimersByTimeAsync(1000)
    stop()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(asked).toBe(1)
    expect(onEnded).not.toHaveBeenCalled()
  })
})
