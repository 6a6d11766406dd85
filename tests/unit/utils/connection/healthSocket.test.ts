import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openHealthSocket } from '../../../../utils/connection/healthSocket'

class FakeSocket {
  static last: FakeSocket
  onopen?: () => void
  onmessage?: ((event: { data: string }) => void) | null
  onclose?: (() => void) | null
  send = vi.fn()
  close = vi.fn()
  constructor() {
    FakeSocket.last = this
  }
}

describe('the socket of the health', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('WebSocket', FakeSocket)
    vi.stubGlobal('document', { baseURI: 'http://127.0.0.1:8005/' })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it("is given up after a silence longer than the server's interval", () => {
    const onClosed = vi.fn()
    openHealthSocket({ onHealth: vi.fn(), onClosed })
    for (let beat = 0; beat < 10; beat++) {
      vi.advanceTimersByTime(30_000)
      FakeSocket.last.onmessage?.({ data: '{"type":"health"}' })
    }
    expect(onClosed).not.toHaveBeenCalled()
    vi.advanceTimersByTime(80_000)
    expect(onClosed).toHaveBeenCalledTimes(1)
    expect(FakeSocket.last.close).toHaveBeenCalledTimes(1)
    FakeSocket.last.onclose?.()
    vi.advanceTimersByTime(200_000)
    expect(onClosed).toHaveBeenCalledTimes(1)
  })

  it('is given up if the server refuses to send the health, e.g. while the login cannot be checked', () => {
    const onClosed = vi.fn()
    openHealthSocket({ onHealth: vi.fn(), onClosed })
    const error = { code: 'rancher-down', message: 'Rancher cannot be reached', requestId: 'r' }
    FakeSocket.last.onmessage?.({ data: JSON.stringify({ type: 'refused', error }) })
    expect(onClosed).toHaveBeenCalledOnce()
    expect(FakeSocket.last.close).toHaveBeenCalledOnce()
  })

  it('says nothing more once it was closed', () => {
    const onClosed = vi.fn()
    openHealthSocket({ onHealth: vi.fn(), onClosed }).close()
    vi.advanceTimersByTime(200_000)
    expect(onClosed).not.toHaveBeenCalled()
  })
})
