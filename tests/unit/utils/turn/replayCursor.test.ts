import type { UIMessageChunk } from 'ai'
import { describe, expect, it } from 'vitest'
import { createReplayCursor } from '../../../../utils/turn/replayCursor'

const start: UIMessageChunk = { type: 'start', messageId: 'm' }
const text = (delta: string): UIMessageChunk => ({ type: 'text-delta', id: 't0', delta })
const thought = (delta: string): UIMessageChunk => ({ type: 'reasoning-delta', id: 'r0', delta })
const open: UIMessageChunk = { type: 'text-start', id: 't0' }
const close: UIMessageChunk = { type: 'text-end', id: 't0' }
const call: UIMessageChunk = { type: 'tool-input-available', toolCallId: 'c', toolName: 'pods_list', input: {} }
const progress: UIMessageChunk = { type: 'data-progress', data: { state: 'model-busy' }, transient: true }

/** What a person would see of some readings, one after the other. */
function passed(...readings: UIMessageChunk[][]): UIMessageChunk[] {
  const cursor = createReplayCursor()
  return readings.flatMap((reading) => {
    cursor.rewind()
    return reading.flatMap((chunk) => cursor.advance(chunk) ?? [])
  })
}

const whole = [start, call, open, text('One '), text('two '), text('three'), close]

describe('the replay cursor', () => {
  it('passes a single reading on as it is', () => {
    expect(passed(whole)).toEqual(whole)
  })

  it.each(whole.map((_, length) => length))(
    'adds only the rest to a reading that broke off after %i chunks',
    (length) => {
      expect(passed(whole.slice(0, length), whole)).toEqual(whole)
    },
  )

  it('cuts deltas that the server had merged', () => {
    const merged = [start, call, open, text('One two three'), close]
    expect(passed([start, call, open, text('One '), text('tw')], merged)).toEqual([
      start,
      call,
      open,
      text('One '),
      text('tw'),
      text('o three'),
      close,
    ])
  })

  it('continues after several breaks, one of them before the position of the previous one', () => {
    expect(passed([start, call, open, text('One t')], [start, call], [start], whole)).toEqual([
      start,
      call,
      open,
      text('One t'),
      text('wo '),
      text('three'),
      close,
    ])
  })

  it('does not take a text for the one before it', () => {
    const reading = [
      start,
      thought('hm'),
      { type: 'reasoning-end', id: 'r0' } as const,
      open,
      text('hm'),
      text('m'),
      close,
    ]
    expect(passed(reading.slice(0, 2), reading)).toEqual(reading)
    expect(passed(reading.slice(0, 5), reading)).toEqual(reading)
  })

  it('shows a transient chunk when it is new, even if a later reading lacks it', () => {
    const before = [start, progress, open, text('One ')]
    expect(passed(before, [start, open, text('One two')])).toEqual([...before, text('two')])
    expect(passed([start, open, text('One ')], [start, progress, open, text('One '), progress])).toEqual([
      start,
      open,
      text('One '),
      progress,
    ])
  })
})
