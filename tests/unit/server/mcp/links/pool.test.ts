import { describe, expect, it, vi } from 'vitest'
import { LinkPool, TooManySessionsError } from '../../../../../server/mcp/links/pool'

function pool(options: { max?: number; idleMs?: number }) {
  const closed: string[] = []
  const opened: string[] = []
  const made = new LinkPool((identity) => {
    opened.push(identity)
    return {
      identity,
      close: async () => {
        closed.push(identity)
      },
    }
  }, options)
  return { made, opened, closed }
}

describe('the links of the process', () => {
  it('are shared by all who have one identity, and by nobody else', () => {
    const { made, opened } = pool({})
    const [first, second, other] = [made.lease('alice'), made.lease('alice'), made.lease('bob')]
    expect(first.links).toBe(second.links)
    expect(other.links).not.toBe(first.links)
    expect(opened).toEqual(['alice', 'bob'])
  })

  it('are closed when nobody has used them for a while, and not before', () => {
    vi.useFakeTimers()
    try {
      const { made, closed } = pool({ idleMs: 1000 })
      const [first, second] = [made.lease('alice'), made.lease('alice')]
      first.release()
      first.release()
      vi.advanceTimersByTime(5000)
      expect(closed).toEqual([])
      second.release()
      vi.advanceTimersByTime(900)
      const third = made.lease('alice')
      vi.advanceTimersByTime(5000)
      expect(closed).toEqual([])
      third.release()
      vi.advanceTimersByTime(1001)
      expect(closed).toEqual(['alice'])
      expect(made.size).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('are bounded: the one that is idle for longest makes room, and none in use does', () => {
    const { made, closed } = pool({ max: 2 })
    const first = made.lease('alice')
    const second = made.lease('bob')
    expect(() => made.lease('carol')).toThrow(TooManySessionsError)
    first.release()
    second.release()
    made.lease('carol')
    expect(closed).toEqual(['alice'])
    expect(made.size).toBe(2)
  })

  it('are all closed at the end', async () => {
    const { made, closed } = pool({})
    made.lease('alice')
    made.lease('bob')
    await made.close()
    expect(closed.sort()).toEqual(['alice', 'bob'])
  })
})
