import { describe, expect, it } from 'vitest'
import { stepEvents } from '../../support/agent/step-events'
import { answer, createGate } from '../../support/ollama'
import { callsOf, modelAt, question, run, textOf, useReplay } from './replay'

const replay = useReplay()

describe('a step over the frames of Ollama', () => {
  it('yields reasoning, text and the finish with its usage, in order', async () => {
    replay
      .get()
      .enqueue(
        answer
          .reasoning('We ')
          .reasoning('look.')
          .text('Xin ', 'chào')
          .usage({ promptTokens: 11, completionTokens: 7 }),
      )
    expect(await run(replay.get())).toEqual([
      { type: 'reasoning', text: 'We ' },
      { type: 'reasoning', text: 'look.' },
      { type: 'text', text: 'Xin ' },
      { type: 'text', text: 'chào' },
      { type: 'finish', reason: 'stop', usage: { promptTokens: 11, completionTokens: 7 } },
    ])
  })

  it('yields a whole tool call before the finish', async () => {
    replay.get().enqueue(answer.reasoning('We').toolCall('pods_list', { ns: 'x' }, { id: 'call_a1b2c3d4' }))
    expect(await run(replay.get())).toEqual([
      { type: 'reasoning', text: 'We' },
      { type: 'tool-call', id: 'call_a1b2c3d4', name: 'pods_list', arguments: '{"ns":"x"}' },
      { type: 'finish', reason: 'tool-calls', usage: { promptTokens: 10, completionTokens: 5 } },
    ])
  })

  it('reads the frames before v0.32.6: role on every chunk, finish_reason on the last', async () => {
    replay.get().enqueue(answer.text('Hel', 'lo').legacy(), answer.toolCall('pods_list').legacy())
    expect(textOf(await run(replay.get()))).toBe('Hello')
    const second = await run(replay.get())
    expect(callsOf(second)).toHaveLength(1)
    expect(second.at(-1)).toMatchObject({ type: 'finish', reason: 'tool-calls' })
  })

  it('reads frames that arrive a byte at a time, letters of several bytes too', async () => {
    const script = answer.reasoning('Nghĩ').text('Có 3 pod 🚀').toolCall('pods_list', { namespace: 'cửa-hàng' })
    replay.get().enqueue(script, script.everyByte())
    const whole = await run(replay.get())
    expect(textOf(whole)).toBe('Có 3 pod 🚀')
    expect(await run(replay.get())).toEqual(whole)
  })

  it('finishes without [DONE], and without usage', async () => {
    replay.get().enqueue(answer.text('Hello').noDone().usage(undefined))
    expect(await run(replay.get())).toEqual([
      { type: 'text', text: 'Hello' },
      { type: 'finish', reason: 'stop' },
    ])
  })

  it('takes an answer as whole that is reset after its finish_reason', async () => {
    const finish = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
    replay.get().enqueue(answer.text('Hello').raw(finish).reset())
    expect((await run(replay.get())).at(-1)).toEqual({ type: 'finish', reason: 'stop' })
  })

  it('reads reasoning_content of other servers', async () => {
    const frame = 'data: {"choices":[{"delta":{"reasoning_content":"Hm"}}]}\n\n'
    replay.get().enqueue(answer.raw(frame).text('Yes'))
    expect(textOf(await run(replay.get()), 'reasoning')).toBe('Hm')
  })

  it('passes over chunks without choices, and fields that it does not know', async () => {
    const frames = 'data: {"choices":null,"x":1}\n\ndata: {"choices":[{"delta":null,"logprobs":{}}]}\n\n: comment\n\n'
    replay.get().enqueue(answer.raw(frames).text('Yes'))
    expect(textOf(await run(replay.get()))).toBe('Yes')
  })

  it('model-7: returns tool-calls if a server says stop after calls, and stop if it says tool_calls without one', async () => {
    replay.get().enqueue(answer.toolCall('pods_list').finish('stop'), answer.text('No call').finish('tool_calls'))
    expect((await run(replay.get())).at(-1)).toMatchObject({ reason: 'tool-calls' })
    expect((await run(replay.get())).at(-1)).toMatchObject({ reason: 'stop' })
  })

  it('says length, and keeps a call that was cut in the middle to itself', async () => {
    const cut = answer.toolCall('pods_list', { namespace: 'shop' }).fragmentedCall('pods_log', ['{"name":"ca'])
    replay.get().enqueue(cut.finish('length'), answer.fragmentedCall('pods_list', []).finish('length'))
    const events = await run(replay.get())
    expect(callsOf(events).map(({ name }) => name)).toEqual(['pods_list'])
    expect(events.at(-1)).toMatchObject({ reason: 'length' })
    expect(callsOf(await run(replay.get()))).toEqual([])
  })

  it('hands on the events while the answer is still being written', async () => {
    const gate = createGate()
    replay.get().enqueue(answer.text('Hel').hold(gate).text('lo'))
    const events = stepEvents(modelAt(replay.get().url), question, new AbortController().signal)
    expect((await events.next()).value).toEqual({ type: 'text', text: 'Hel' })
    gate.release()
    expect((await events.next()).value).toEqual({ type: 'text', text: 'lo' })
    await events.return()
  })
})

describe('a step that is asked for whole', () => {
  it('brings the same as a stream', async () => {
    const script = answer.reasoning('We ').text('Xin ', 'chào').toolCall('pods_list', { ns: 'x' }, { id: 'call_1' })
    replay.get().enqueue(script)
    expect(await run(replay.get(), {}, { ...question, stream: false })).toEqual([
      { type: 'reasoning', text: 'We ' },
      { type: 'text', text: 'Xin chào' },
      { type: 'tool-call', id: 'call_1', name: 'pods_list', arguments: '{"ns":"x"}' },
      { type: 'finish', reason: 'tool-calls', usage: { promptTokens: 10, completionTokens: 5 } },
    ])
    expect(replay.get().chats()[0]).toMatchObject({ stream: false })
  })

  it('tells the error that a stream would have swallowed', async () => {
    replay.get().enqueue(answer.text('Hel').cutOff())
    await expect(run(replay.get(), {}, { ...question, stream: false })).rejects.toMatchObject({
      code: 'model-bad-response',
      words: expect.stringContaining('error parsing tool call'),
    })
  })
})
