import { describe, expect, it } from 'vitest'
import type { ModelMessage } from '../../../server/model/types'
import { stepEvents } from '../../support/agent/step-events'
import { answer } from '../../support/ollama'
import { callsOf, modelAt, podsList, question, run, useReplay } from './replay'

const replay = useReplay()

describe('tool calls of a stream', () => {
  it('keeps parallel calls with equal indexes apart by their ids (ollama#15457)', async () => {
    const script = answer
      .toolCall('pods_list', { namespace: 'a' }, { id: 'call_1', index: 0 })
      .toolCall('pods_list', { namespace: 'b' }, { id: 'call_2', index: 0 })
    replay.get().enqueue(script)
    expect(callsOf(await run(replay.get()))).toEqual([
      { type: 'tool-call', id: 'call_1', name: 'pods_list', arguments: '{"namespace":"a"}' },
      { type: 'tool-call', id: 'call_2', name: 'pods_list', arguments: '{"namespace":"b"}' },
    ])
  })

  it('model-6: puts fragmented arguments together, also of calls that interleave', async () => {
    const script = answer
      .toolCallDelta({ id: 'call_1', index: 0, function: { name: 'pods_list', arguments: '' } })
      .toolCallDelta({ id: 'call_2', index: 1, function: { name: 'events_list', arguments: '{"na' } })
      .toolCallDelta({ index: 0, function: { arguments: '{"namespace":' } })
      .toolCallDelta({ index: 1, function: { arguments: 'mespace":"b"}' } })
      .toolCallDelta({ index: 0, function: { arguments: '"a"}' } })
    replay.get().enqueue(script)
    expect(callsOf(await run(replay.get())).map(({ name, arguments: text }) => [name, text])).toEqual([
      ['pods_list', '{"namespace":"a"}'],
      ['events_list', '{"namespace":"b"}'],
    ])
  })

  it('continues the last call if a fragment has neither index nor id', async () => {
    const fragment = 'data: {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"\\"x\\"}"}}]}}]}\n\n'
    replay
      .get()
      .enqueue(
        answer.toolCallDelta({ id: 'call_1', index: 0, function: { name: 'f', arguments: '{"a":' } }).raw(fragment),
      )
    expect(callsOf(await run(replay.get()))).toMatchObject([{ arguments: '{"a":"x"}' }])
  })

  it('takes fragments that repeat id and name as one call', async () => {
    const part = (text: string) => ({ id: 'call_1', index: 0, function: { name: 'f', arguments: text } })
    replay.get().enqueue(answer.toolCallDelta(part('{"a"')).toolCallDelta(part(':1}')))
    expect(callsOf(await run(replay.get()))).toMatchObject([{ id: 'call_1', name: 'f', arguments: '{"a":1}' }])
  })

  it('creates an id if there is none, a different one for each call', async () => {
    const call = (name: string) => ({ index: 0, function: { name, arguments: '{}' } })
    replay.get().enqueue(answer.toolCallDelta(call('f')).toolCallDelta(call('g')).toolCallDelta(call('g')))
    const calls = callsOf(await run(replay.get()))
    expect(calls.map(({ name }) => name)).toEqual(['f', 'g', 'g'])
    expect(new Set(calls.map(({ id }) => id)).size).toBe(3)
    expect(calls.every(({ id }) => id !== '')).toBe(true)
  })

  it('makes an id new that was given twice in an answer, or earlier in the conversation', async () => {
    const script = answer
      .toolCall('f', { n: 1 }, { id: 'call_0', index: 0 })
      .toolCall('g', { n: 2 }, { id: 'call_0', index: 1 })
    const earlier: ModelMessage[] = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: '', toolCalls: [{ id: 'call_0', name: 'f', arguments: '{}' }] },
      { role: 'tool', toolCallId: 'call_0', name: 'f', content: 'ok' },
    ]
    replay.get().enqueue(script, script)
    const first = callsOf(await run(replay.get()))
    expect(first.map(({ name }) => name)).toEqual(['f', 'g'])
    expect(first[0]?.id).toBe('call_0')
    expect(first[1]?.id).not.toBe('call_0')
    const second = callsOf(await run(replay.get(), {}, { messages: earlier, tools: [podsList] }))
    expect(second.map(({ id }) => id)).not.toContain('call_0')
  })

  it('hands broken arguments on as they are, and no arguments as an empty object', async () => {
    replay.get().enqueue(answer.toolCall('f', '{"a": "line\nbreak').toolCall('g', ''))
    expect(callsOf(await run(replay.get())).map((call) => call.arguments)).toEqual(['{"a": "line\nbreak', '{}'])
  })

  it('reads arguments that are sent as an object', async () => {
    const frame =
      'data: {"choices":[{"delta":{"tool_calls":[{"id":"c","function":{"name":"f","arguments":{"a":1}}}]}}]}\n\n'
    replay.get().enqueue(answer.raw(frame).finish('tool_calls'))
    expect(callsOf(await run(replay.get()))).toMatchObject([{ id: 'c', name: 'f', arguments: '{"a":1}' }])
  })

  it.each([
    ['get_pods<|channel|>analysis', 'get_pods'],
    ['functions.get_pods', 'get_pods'],
    ['to=functions.get_pods<|constrain|>json', 'get_pods'],
    [' get_pods ', 'get_pods'],
    ['get_pods', 'get_pods'],
    ['<|channel|>', '<|channel|>'],
  ])('mends the leaked name %j (ollama#11704, #12132)', async (leaked, mended) => {
    replay.get().enqueue(answer.toolCall(leaked))
    expect(callsOf(await run(replay.get()))).toMatchObject([{ name: mended }])
  })

  it('never hands on the calls of an answer that breaks off', async () => {
    replay.get().enqueue(answer.toolCall('pods_delete').cutOff())
    const seen: string[] = []
    const step = async () => {
      for await (const event of stepEvents(modelAt(replay.get().url), question, new AbortController().signal))
        seen.push(event.type)
    }
    await expect(step()).rejects.toMatchObject({ code: 'model-cut' })
    expect(seen).toEqual([])
  })
})
