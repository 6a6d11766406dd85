import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Health } from '#shared/health'
import { HEARTBEAT_MS, SocketConversation } from '../../../server/socket/conversation'
import { Notifier } from '../../../server/turns/notifier'
import { usedBytes } from '../../support/garbage'

const anna = { user: { name: 'anna', mayWrite: false } }
/** Each beat that adds to a promise keeps about 300. */
const MAX_BYTES_OF_BEAT = 60
const BEATS = 3000

const noConnection = () => Promise.reject(new Error('no cluster'))

describe('a socket that watches the health', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  async function watch() {
    const sent = { count: 0 }
    const health = { process: { status: 'ok' } } as Health
    const healthChanges = new Notifier()
    const parts = { health: () => health, healthChanges, connect: noConnection, ask: vi.fn(), turns: vi.fn() as never }
    const conversation = new SocketConversation(
      parts,
      { send: () => void sent.count++, backlog: () => 0, cut: () => undefined },
      anna,
    )
    await conversation.receive('{"type":"watch"}', anna)
    await vi.advanceTimersByTimeAsync(0)
    return { sent, conversation, healthChanges }
  }

  it('is sent at once, and periodically without a change', async () => {
    const { sent, conversation, healthChanges } = await watch()
    expect(sent.count).toBe(1)
    healthChanges.fire()
    await vi.advanceTimersByTimeAsync(0)
    expect(sent.count).toBe(1)
    await vi.advanceTimersByTimeAsync(HEARTBEAT_MS)
    expect(sent.count).toBe(2)
    await vi.advanceTimersByTimeAsync(HEARTBEAT_MS)
    expect(sent.count).toBe(3)
    conversation.close()
    await vi.advanceTimersByTimeAsync(2 * HEARTBEAT_MS)
    expect(sent.count).toBe(3)
    expect(vi.getTimerCount()).toBe(0)
  })
  it('keeps nothing of a beat in memory', async () => {
    const { sent, conversation } = await watch()
    await vi.advanceTimersByTimeAsync(BEATS * HEARTBEAT_MS)
    const before = usedBytes()
    await vi.advanceTimersByTimeAsync(BEATS * HEARTBEAT_MS)
    const each = (usedBytes() - before) / BEATS
    expect(sent.count).toBe(1 + 2 * BEATS)
    expect(each).toBeLessThan(MAX_BYTES_OF_BEAT)
    conversation.close()
  })
})
