import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Health } from '#shared/health'
import { SocketConversation } from '../../../server/socket/conversation'
import { Notifier } from '../../../server/turns/notifier'

const MIB = 1024 * 1024
const anna = { user: { name: 'anna', mayWrite: false } }
const noConnection = () => Promise.reject(new Error('no cluster'))

/** A client that leaves so much unread. */
function clientWith(unread: () => number) {
  const sent: string[] = []
  const cut = vi.fn()
  const health = { process: { status: 'ok' } } as { process: { status: string } }
  const healthChanges = new Notifier()
  const parts = {
    health: () => structuredClone(health) as Health,
    healthChanges,
    connect: noConnection,
    ask: vi.fn(),
    turns: vi.fn() as never,
  }
  const line = { send: (text: string) => sent.push(text), backlog: unread, cut }
  return {
    sent,
    cut,
    health,
    healthChanges,
    conversation: new SocketConversation(parts, line, anna),
  }
}

describe('a socket whose client does not read', () => {
  afterEach(() => void vi.useRealTimers())

  it('ends instead of keeping refusals in memory', async () => {
    const { sent, cut, conversation } = clientWith(() => 4 * MIB + 1)
    await conversation.receive('junk', anna)
    expect(cut).toHaveBeenCalledOnce()
    expect(sent).toEqual([])
  })

  it('still answers a client that is only slow', async () => {
    const { sent, cut, conversation } = clientWith(() => 4 * MIB)
    await conversation.receive('junk', anna)
    expect(cut).not.toHaveBeenCalled()
    expect(sent).toHaveLength(1)
  })

  it('gets the newest health, and not every one', async () => {
    let unread = 2 * MIB
    const { sent, conversation, health, healthChanges } = clientWith(() => unread)
    await conversation.receive('{"type":"watch"}', anna)
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    for (let count = 0; count < 100; count++) {
      health.process.status = `state-${count}`
      healthChanges.fire()
    }
    expect(sent).toHaveLength(1)
    unread = 0
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    expect(sent[1]).toContain('state-99')
    conversation.close()
  })

  it('ends after a minute in which nothing was read', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { cut, conversation } = clientWith(() => 2 * MIB)
    await conversation.receive('{"type":"watch"}', anna)
    await vi.advanceTimersByTimeAsync(59_000)
    expect(cut).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2_000)
    await vi.waitFor(() => expect(cut).toHaveBeenCalled())
    conversation.close()
  })
})
