import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { quotedWords } from '../../../shared/messages/create'
import type { TurnEvent } from '../../../server/agent/events'
import { TurnLog } from '../../../server/turns/turn-log'

const text = (said: string): TurnEvent => ({ type: 'text-delta', text: said })
const wordsOf = (event: TurnEvent): string =>
  'text' in event ? event.text : event.type === 'notice' ? event.message.text : event.type
const notice: TurnEvent = { type: 'notice', message: quotedWords('noticed') }

describe('the pace of a reader', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function follow(log: TurnLog, signal = new AbortController().signal): string[] {
    const seen: string[] = []
    void (async () => {
      for await (const event of log.read(signal, () => seen.push('(end)'))) seen.push(wordsOf(event))
    })()
    return seen
  }

  for (const keep of [true, false]) {
    it(`${keep ? 'of a turn that is kept' : 'of another'}: what a fast model writes comes together, the first word at once`, async () => {
      const log = new TurnLog(keep)
      const seen = follow(log)
      log.append(text('a'))
      await vi.advanceTimersByTimeAsync(0)
      expect(seen).toEqual(['a'])
      for (const said of ['b', 'c', 'd']) {
        await vi.advanceTimersByTimeAsync(5)
        log.append(text(said))
      }
      await vi.advanceTimersByTimeAsync(5)
      expect(seen).toEqual(['a'])
      await vi.advanceTimersByTimeAsync(10)
      expect(seen).toEqual(['a', 'bcd'])
      await vi.advanceTimersByTimeAsync(1000)
      log.append(text('e'))
      await vi.advanceTimersByTimeAsync(0)
      expect(seen).toEqual(['a', 'bcd', 'e'])
    })
  }

  it('holds nothing back once something else follows, or the end', async () => {
    const log = new TurnLog(true)
    const seen = follow(log)
    log.append(text('a'))
    await vi.advanceTimersByTimeAsync(0)
    log.append(text('b'))
    log.append(notice)
    log.append(text('c'))
    await vi.advanceTimersByTimeAsync(0)
    expect(seen).toEqual(['a', 'b', 'noticed'])
    log.end()
    await vi.advanceTimersByTimeAsync(0)
    expect(seen).toEqual(['a', 'b', 'noticed', 'c', '(end)'])
  })

  it('ends at once with its reader', async () => {
    const log = new TurnLog(true)
    const client = new AbortController()
    const seen = follow(log, client.signal)
    log.append(text('a'))
    await vi.advanceTimersByTimeAsync(0)
    log.append(text('b'))
    await vi.advanceTimersByTimeAsync(0)
    client.abort()
    await vi.advanceTimersByTimeAsync(0)
    expect(seen).toEqual(['a', '(end)'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('gets the rest of a long text, however it was merged', async () => {
    const log = new TurnLog(true)
    const seen = follow(log)
    const words = Array.from({ length: 400 }, (_, at) => `word-${at} `)
    for (const [at, word] of words.entries()) {
      log.append(text(word))
      if (at % 7 === 0) await vi.advanceTimersByTimeAsync(at % 3 === 0 ? 30 : 0)
    }
    log.end()
    await vi.advanceTimersByTimeAsync(1000)
    expect(seen.join('')).toBe(`${words.join('')}(end)`)
    expect(seen.length).toBeLessThan(words.length / 2)
    const late = follow(log)
    await vi.advanceTimersByTimeAsync(0)
    expect(late.join('')).toBe(`${words.join('')}(end)`)
  })
})
