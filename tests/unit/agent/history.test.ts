import { describe, expect, it } from 'vitest'
import { parseChatRequest } from '../../../shared/chat/request'
import { toConversation } from '../../../server/agent/history'

const tool = (toolCallId: string, more: object) => ({
  type: 'dynamic-tool',
  toolCallId,
  toolName: 'pods_list',
  input: {},
  state: 'output-available',
  ...more,
})
const history = (...parts: object[]) =>
  toConversation(
    parseChatRequest({
      messages: [
        { role: 'user', parts: [{ type: 'text', text: 'q' }] },
        { role: 'assistant', parts },
        { role: 'user', parts: [{ type: 'text', text: 'next' }] },
      ],
    }).messages,
  ).history

describe('the history', () => {
  it('turns steps into messages, each call with its one result', () => {
    const messages = history(
      { type: 'step-start' },
      { type: 'reasoning', text: 'hm' },
      tool('a', { output: { status: 'ok', text: 'two pods', durationMs: 1 } }),
      tool('b', { output: { status: 'error', text: 'forbidden', durationMs: 1 } }),
      { type: 'data-result', data: {} },
      { type: 'step-start' },
      { type: 'text', text: 'Two pods.' },
    )
    expect(messages).toEqual([
      { role: 'user', content: 'q' },
      {
        role: 'assistant',
        content: '',
        toolCalls: [
          { id: 'a', name: 'pods_list', arguments: '{}' },
          { id: 'b', name: 'pods_list', arguments: '{}' },
        ],
      },
      { role: 'tool', toolCallId: 'a', name: 'pods_list', content: 'two pods' },
      { role: 'tool', toolCallId: 'b', name: 'pods_list', content: 'forbidden' },
      { role: 'assistant', content: 'Two pods.' },
      { role: 'user', content: 'next' },
    ])
  })

  it('answers a stopped call, so that the conversation can continue', () => {
    expect(history(tool('a', { state: 'input-available' }))[2]).toMatchObject({
      role: 'tool',
      content: expect.stringContaining('stopped'),
    })
  })

  it('never sends arguments that are not an object, nor the same id twice', () => {
    const messages = history(
      tool('a', { input: 'broken', output: 'x' }),
      { type: 'step-start' },
      tool('a', { output: 'y' }),
    )
    expect(messages[1]).toMatchObject({ toolCalls: [{ id: 'a', arguments: '{}' }] })
    expect(messages[3]).toMatchObject({ toolCalls: [{ id: 'a_2' }] })
    expect(messages[4]).toMatchObject({ toolCallId: 'a_2', content: 'y' })
  })

  it('leaves out an assistant message without text or calls', () => {
    expect(history({ type: 'step-start' }, { type: 'reasoning', text: 'hm' })).toHaveLength(2)
  })
})
