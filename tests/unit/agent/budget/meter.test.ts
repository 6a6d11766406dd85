import { describe, expect, it } from 'vitest'
import { TokenMeter, trustedPromptTokens } from '../../../../server/agent/budget'
import type { ModelMessage } from '../../../../server/model/types'
import { ask, say, scriptedModel } from '../../../support/agent/scripted'

describe('the meter of a model', () => {
  it('estimates as o200k until the server has counted', () => {
    expect(new TokenMeter().total({ beginning: 1000, history: 500 })).toBe(1500)
  })

  it('never estimates less than the server counted', () => {
    const meter = new TokenMeter()
    for (const [beginning, history, counted] of [
      [1000, 100, 1600],
      [1000, 3000, 5200],
      [1000, 3000, 4100],
      [1200, 900, 2500],
    ] as const) {
      meter.learn({ beginning, history }, counted)
      expect(meter.total({ beginning, history })).toBeGreaterThanOrEqual(counted)
    }
    expect(meter.total({ beginning: 1000, history: 100 })).toBeGreaterThanOrEqual(1600)
  })

  it('ascribes a difference at the start to tools and template alone', () => {
    const meter = new TokenMeter()
    meter.learn({ beginning: 1000, history: 20 }, 2020)
    expect(meter.total({ beginning: 1000, history: 4000 })).toBe(6000)
  })

  it('takes no lower count: a server may count the part outside its cache alone', () => {
    const meter = new TokenMeter()
    meter.learn({ beginning: 1000, history: 500 }, 60)
    meter.learn({ beginning: 1000, history: 500 }, undefined)
    expect(meter.total({ beginning: 1000, history: 500 })).toBe(1500)
  })

  it('is bounded: a count that no vocabulary explains does not empty the window', () => {
    const meter = new TokenMeter()
    meter.learn({ beginning: 100, history: 1000 }, 1_000_000)
    expect(meter.total({ beginning: 0, history: 1000 })).toBe(2000)
    expect(meter.inHistory(2000)).toBe(1000)
  })

  it('distrusts a prompt count far below the estimate', () => {
    expect(trustedPromptTokens(1000, 900)).toBe(900)
    expect(trustedPromptTokens(1000, 1200)).toBe(1200)
    expect(trustedPromptTokens(1000, 60)).toBe(1000)
    expect(trustedPromptTokens(1000, undefined)).toBe(1000)
  })

  it('lets the next question of a model with another vocabulary fit', async () => {
    const meter = new TokenMeter()
    const history: ModelMessage[] = [
      ...Array.from({ length: 12 }, (_, at): ModelMessage[] => [
        { role: 'user', content: `question ${at}` },
        { role: 'assistant', content: 'Some words of an answer. '.repeat(40) },
      ]).flat(),
      { role: 'user', content: 'the last question' },
    ]
    const turn = async () => {
      const end = { type: 'finish', reason: 'stop', usage: { promptTokens: 5200, completionTokens: 5 } } as const
      const model = scriptedModel([...say('ok').slice(0, 1), end])
      await ask({ history, waiting: [] }, { model, meter, windowTokens: 8192 })
      return model.requests[0]?.messages ?? []
    }
    const before = await turn()
    const after = await turn()
    expect(after.length).toBeLessThanOrEqual(before.length)
    expect(meter.total({ beginning: 0, history: 1000 })).toBeGreaterThan(1000)
    expect(after.at(-1)).toEqual({ role: 'user', content: 'the last question' })
  })
})
