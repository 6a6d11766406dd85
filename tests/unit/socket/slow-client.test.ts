import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Health } from '#shared/health'
import { SocketConversation } from '../../../server/socket/conversation'
import { Notifier } from '../../../server/turns/notifier'

const MIB = 1024 * 1024

/** A client that leaves so much unread. */
function clientWith(unread: () => number) {
  const sent: string[] = []
  const cut = vi.fn()
  const health = { process: { status: 'ok' } } as Health
  const healthChanges = new Notifier()
  const parts = { health: () => health, healthChanges, ask: vi.fn(), turns: vi.fn() as never }
  const line = { send: (text: string) => sent.push(text), backlog: unread, cut }
  return {
    sent,
    cut,
    healthChanges,
    conversation: new SocketConversation(parts, line, { name: 'anna', mayWrite: false }),
  }
}

describe('a socket whose client does not read', () => {
  afterEach(() => void vi.useRealTimers())

  it('ends instead of keeping refusals in memory', () => {
    const { sent, cut, conversation } = clientWith(() => 4 * MIB + 1)
    conversation.receive('junk')
    expect(cut).toHaveBeenCalledOnce()
    expect(sent).toEqual([])
  })

  it('still answers a client that is only slow', () => {
    const { sent, cut, conversation } = clientWith(() => 4 * MIB)
    conversation.receive('junk')
    expect(cut).not.toHaveBeenCalled()
    expect(sent).toHaveLength(1)
  })

  it('gets the newest health, and not every one', async () => {
    let unread = 2 * MIB
    const { sent, conversation, healthChanges } = clientWith(() => unread)
    conversation.receive('{"type":"watch"}')
    for (let count = 0; count < 100; count++) healthChanges.fire()
    expect(sent).toHaveLength(1)
    unread = 0
    conversation.close()
  })

  it('ends after a minute in which nothing was read', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { cut, conversation } = clientWith(() => 2 * MIB)
    conversation.receive('{"type":"watch"}')
    await vi.advanceTimersByTimeAsync(59_000)
    expect(cut).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2_000)
    await vi.waitFor(() => expect(cut).toHaveBeenCalled())
    conversation.close()
  })
})
