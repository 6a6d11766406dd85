import { describe, expect, it } from 'vitest'
import { Outbox } from '../../../../mcp/transports/outbox'

const message = (id: number, size = 0) => ({ jsonrpc: '2.0' as const, id, result: { text: 'x'.repeat(size) } })
const limits = { maxBytes: 4000, keepMs: 1000 }
const ids = (events: readonly { id: number }[] | undefined) => events?.map(({ id }) => id)

function outbox() {
  let now = 0
  const box = new Outbox(() => now, limits)
  const write = (size?: number) => {
    const event = box.add(message(1, size))
    if (event) box.written(event)
    return event
  }
  return { box, write, pass: (ms: number) => (now += ms) }
}

describe('the outbox', () => {
  it('gives all that may be lacking to a client that does not tell what it has', () => {
    const { box, write } = outbox()
    write()
    box.add(message(2))
    expect(ids(box.since(undefined))).toEqual([1, 2])
  })

  it('forgets what the client has received', () => {
    const { box, write } = outbox()
    for (let count = 0; count < 3; count++) write()
    expect(ids(box.since(2))).toEqual([3])
    box.acknowledge(3)
    expect(ids(box.since(undefined))).toEqual([])
  })

  it('forgets written messages after a while, and then does not pretend that nothing is lacking', () => {
    const { box, write, pass } = outbox()
    write()
    write()
    pass(limits.keepMs + 1)
    write()
    expect(box.since(1)).toBeUndefined()
    expect(ids(box.since(2))).toEqual([3])
  })

  it('keeps messages that were never written, however old', () => {
    const { box, pass } = outbox()
    box.add(message(1))
    pass(limits.keepMs * 100)
    box.dropOld()
    expect(ids(box.since(0))).toEqual([1])
  })

  it('makes room by written messages, and gives up when unwritten ones are too many', () => {
    const { box, write } = outbox()
    write(1500)
    expect(box.add(message(2, 1500))).toBeDefined()
    expect(ids(box.since(1))).toEqual([2])
    expect(box.add(message(3, 1500))).toBeUndefined()
  })

  it('does not know events of the future', () => {
    const { box, write } = outbox()
    write()
    expect(box.since(5)).toBeUndefined()
  })
})
