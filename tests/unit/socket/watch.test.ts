import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Health } from '#shared/health'
import { HEARTBEAT_MS, SocketConversation } from '../../../server/socket/conversation'
import { Notifier } from '../../../server/turns/notifier'

const anna = { user: { name: 'anna', mayWrite: false } }
const noConnection = () => Promise.reject(new Error('no cluster'))

describe('a socket that watches the health', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  async function watch() {
    const sent: string[] = []
    const health = { process: { status: 'ok' } } as Health
    const healthChanges = new Notifier()
    const parts = { health: () => health, healthChanges, connect: noConnection, ask: vi.fn(), turns: vi.fn() as never }
    const conversation = new SocketConversation(
      parts,
      { send: (text) => sent.push(text), backlog: () => 0, cut: () => undefined },
      anna,
    )
    await conversation.receive('{"type":"watch"}', anna)
    await vi.advanceTimersByTimeAsync(0)
    return { sent, conversation, healthChanges }
  }

  it('is sent at once, and periodically without a change', async () => {
    const { sent, conversation, healthChanges } = await watch()
    expect(sent).toHaveLength(1)
    healthChanges.fire()
    await vi.advanceTimersByTimeAsync(0)
    expect(sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(HEARTBEAT_MS)
    expect(sent).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(HEARTBEAT_MS)
    expect(sent).toHaveLength(3)
    conversation.close()
    await vi.advanceTimersByTimeAsync(2 * HEARTBEAT_MS)
    expect(sent).toHaveLength(3)
    expect(vi.getTimerCount()).toBe(0)
  })
})
