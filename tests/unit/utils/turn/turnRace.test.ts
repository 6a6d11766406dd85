import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ChatRequestError } from '../../../../utils/chat/chatProblem'
import { openFirst, type RaceOptions } from '../../../../utils/turn/turnRace'
import { scriptedFeed, start } from './turnFeeds'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function race(options: Partial<RaceOptions> = {}) {
  const sse = scriptedFeed()
  const socket = scriptedFeed()
  const response = Promise.withResolvers<void>()
  const signals: Partial<Record<'sse' | 'socket', AbortSignal>> = {}
  const client = new AbortController()
  const opened = openFirst({
    openSse: async (signal) => {
      signals.sse = signal
      await response.promise
      return sse.feed
    },
    openSocket: (signal) => {
      signals.socket = signal
      return socket.feed
    },
    socketAtOnce: false,
    signal: client.signal,
    ...options,
  })
  opened.catch(() => undefined)
  return { opened, sse, socket, response, signals, client }
}

describe('openFirst', () => {
  it('opens no socket if an event arrives in time', async () => {
    const { opened, sse, response, signals } = race()
    response.resolve()
    await vi.advanceTimersByTimeAsync(2900)
    sse.push(start)
    expect(await opened).toMatchObject({ kind: 'sse', first: start })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(signals.socket).toBeUndefined()
  })

  it('opens the socket 3 s after a response without an event, and gives the events up once it has brought one', async () => {
    const { opened, socket, response, signals } = race()
    await vi.advanceTimersByTimeAsync(2000)
    response.resolve()
    await vi.advanceTimersByTimeAsync(2900)
    expect(signals.socket).toBeUndefined()
    await vi.advanceTimersByTimeAsync(200)
    expect(signals.socket?.aborted).toBe(false)
    expect(signals.sse?.aborted).toBe(false)
    socket.push(start)
    expect(await opened).toMatchObject({ kind: 'socket', first: start })
    expect(signals.sse?.aborted).toBe(true)
    expect(signals.socket?.aborted).toBe(false)
  })

  it('opens the socket 5 s after a question without a response', async () => {
    const { opened, socket, signals } = race()
    await vi.advanceTimersByTimeAsync(4900)
    expect(signals.socket).toBeUndefined()
    await vi.advanceTimersByTimeAsync(200)
    socket.push(start)
    expect((await opened).kind).toBe('socket')
  })

  it('opens it at once if it was needed before, and still uses the events if they arrive first', async () => {
    const { opened, sse, response, signals } = race({ socketAtOnce: true })
    expect(signals.socket).toBeDefined()
    response.resolve()
    sse.push(start)
    expect((await opened).kind).toBe('sse')
    expect(signals.socket?.aborted).toBe(true)
  })

  it('waits for late events if the socket is unavailable', async () => {
    const { opened, sse, socket, response } = race({ socketAtOnce: true })
    response.resolve()
    await vi.advanceTimersByTimeAsync(10)
    socket.fail(new ChatRequestError({ code: 'turn-not-found' }))
    await vi.advanceTimersByTimeAsync(120_000)
    sse.push(start)
    expect((await opened).kind).toBe('sse')
  })

  it('fails with the refusal if the request got no response and the server does not know the turn', async () => {
    const { opened, socket } = race({ socketAtOnce: true })
    socket.fail(new ChatRequestError({ code: 'turn-not-found' }))
    await expect(opened).rejects.toMatchObject({ problem: { code: 'turn-not-found' } })
  })

  it('fails with what the server answered, and lets go of the socket', async () => {
    const { opened, response, signals } = race({ socketAtOnce: true })
    response.reject(new ChatRequestError({ code: 'too-many-turns' }))
    await expect(opened).rejects.toMatchObject({ problem: { code: 'too-many-turns' } })
    expect(signals.socket?.aborted).toBe(true)
  })

  it('ends both at once when it is stopped', async () => {
    const { opened, client, signals } = race({ socketAtOnce: true })
    client.abort()
    await expect(opened).rejects.toMatchObject({ name: 'AbortError' })
    expect([signals.sse?.aborted, signals.socket?.aborted]).toEqual([true, true])
  })

  it('waits no longer than its limit', async () => {
    const { opened, signals } = race({ limit: 8000 })
    await vi.advanceTimersByTimeAsync(8100)
    await expect(opened).rejects.toThrow()
    expect([signals.sse?.aborted, signals.socket?.aborted]).toEqual([true, true])
  })
})
