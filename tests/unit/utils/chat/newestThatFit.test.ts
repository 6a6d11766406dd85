import { describe, expect, it } from 'vitest'
import { newestThatFit } from '../../../../utils/chat/newestThatFit'

const message = (role: 'user' | 'assistant', text: string) => ({ role, text })
const turn = (name: string, size: number) => [message('user', name), message('assistant', 'x'.repeat(size))]

describe('newestThatFit', () => {
  it('leaves a conversation that fits as it is', () => {
    const all = [...turn('one', 10), ...turn('two', 10), message('user', 'three')]
    expect(newestThatFit(all)).toEqual(all)
  })

  it('drops the oldest whole turns otherwise', () => {
    const all = [...turn('one', 600), ...turn('two', 600), ...turn('three', 100), message('user', 'four')]
    expect(newestThatFit(all, 1000).map(({ text }) => text)).toEqual([
      'two',
      'x'.repeat(600),
      'three',
      'x'.repeat(100),
      'four',
    ])
  })

  it('keeps the last turn, though it is too large by itself', () => {
    const last = turn('two', 5000)
    expect(newestThatFit([...turn('one', 10), ...last], 1000)).toEqual(last)
  })

  it('counts bytes, not characters', () => {
    const all = [...turn('một', 10), ...turn('hai', 10), message('user', 'ế'.repeat(300))]
    expect(newestThatFit(all, 1000)).toHaveLength(3)
  })
})
