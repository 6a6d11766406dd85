import { describe, expect, it, vi } from 'vitest'
import { LinkPool, TooManySessionsError } from '../../../../../server/mcp/links/pool'

function pool(options: { max?: number; idleMs?: number }) {
  const closed: string[] = []
  const opened: string[] = []
  const made = new LinkPool<{ close: () => Promise<void> }>(options)
  const lease = (identity: string) =>
    made.lease(identity, () => {
      opened.push(identity)
      return {
        close: async () => {
          closed.push(identity)
        },
      }
    })
  return { made, lease, opened, closed }
}

describe('the links of the process', () => {
  it('are shared by all who have one identity, and by nobody else', () => {
    const { lease, opened } = pool({})
    const [first, second, other] = [lease('alice'), lease('alice'), lease('bob')]
    expect(first.value).toBe(second.value)
    expect(other.value).not.toBe(first.value)
    expect(opened).toEqual(['alice', 'bob'])
  })

  it('are closed when nobody has used them for a while, and not before', () => {
    vi.useFakeTimers()
    try {
      const { made, lease, closed } = pool({ idleMs: 1000 })
      const [first, second] = [lease('alice'), lease('alice')]
      first.release()
      first.release()
      vi.advanceTimersByTime(5000)
      expect(closed).toEqual([])
      second.release()
      vi.advanceTimersByTime(900)
      const third = lease('alice')
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
    const { made, lease, closed } = pool({ max: 2 })
    const first = lease('alice')
    const second = lease('bob')
    expect(() => lease('carol')).toThrow(TooManySessionsError)
    first.release()
    second.release()
    lease('carol')
    expect(closed).toEqual(['alice'])
    expect(made.size).toBe(2)
  })

  it('are closed at once when their login has ended, and opened again by the next user', () => {
    const { made, lease, opened, closed } = pool({})
    const first = lease('alice')
    made.drop('alice')
    expect(closed).toEqual(['alice'])
    const second = lease('alice')
    expect(opened).toEqual(['alice', 'alice'])
    first.release()
    expect(made.size).toBe(1)
    expect(second.value).not.toBe(first.value)
  })

  it('are all closed at the end', async () => {
    const { made, lease, closed } = pool({})
    lease('alice')
    lease('bob')
    await made.close()
    expect(closed.sort()).toEqual(['alice', 'bob'])
  })
})
