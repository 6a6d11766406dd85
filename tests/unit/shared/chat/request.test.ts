import { describe, expect, it } from 'vitest'
import { parseChatRequest } from '../../../../shared/chat/request'

const field = (body: unknown): string => {
  try {
    parseChatRequest(body)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  throw new Error('the body was accepted')
}

describe('the chat request', () => {
  it.each<[string, unknown]>([
    ['UI messages', { id: 'c', messages: [{ id: '1', role: 'user', parts: [{ type: 'text', text: 'hi' }] }] }],
    ['role and content', { messages: [{ role: 'user', content: 'hi' }] }],
    ['content in parts', { messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }] }],
    ['a bare array', [{ role: 'user', content: 'hi' }]],
    [
      'a bare array of role and text',
      [
        { role: 'bot', text: 'hello' },
        { role: 'user', text: 'hi' },
      ],
    ],
  ])('takes %s', (_, body) => {
    expect(parseChatRequest(body).messages.at(-1)).toMatchObject({ role: 'user', parts: [{ text: 'hi' }] })
  })

  it('refuses excessive nesting anywhere', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)
    const part = {
      type: 'dynamic-tool',
      toolCallId: 'a',
      toolName: 'pods_list',
      state: 'output-available',
      input: deep,
    }
    const messages = [
      { role: 'assistant', parts: [part] },
      { role: 'user', content: 'hi' },
    ]
    expect(field({ messages })).toBe('body: is nested more than 100 levels deep')
    expect(field(deep)).toContain('100 levels')
  })

  it('knows a bare array, which is answered with JSON', () => {
    expect(parseChatRequest([{ role: 'user', content: 'hi' }]).bare).toBe(true)
    expect(parseChatRequest({ messages: [{ role: 'user', content: 'hi' }] }).bare).toBe(false)
  })

  it.each<[string, unknown]>([
    ['body: must be', null],
    ['body: must be', 'hello'],
    ['messages: must be an array', {}],
    ['messages: must be an array', { messages: 'hi' }],
    ['messages: must not be empty', { messages: [] }],
    ['messages[0]: must be an object', ['hi']],
    ['messages[0].role: must be', [{ role: 'system', content: 'hi' }]],
    ['messages[0].content: must be', [{ role: 'user', content: 7 }]],
    ['messages[0].content: must be', [{ role: 'user' }]],
    [
      'messages[1].text',
      [
        { role: 'user', text: 'a' },
        { role: 'user', text: 7 },
      ],
    ],
    ['messages[0].parts[0].text', [{ role: 'user', parts: [{ type: 'text' }] }]],
    ['messages[0].parts[0]: files', [{ role: 'user', parts: [{ type: 'file', url: 'x' }] }]],
    ['messages[0].parts[0].toolCallId', [{ role: 'user', parts: [{ type: 'dynamic-tool' }] }]],
    [
      'messages[1].role: the last',
      [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'b' },
      ],
    ],
    ['messages[0]: the question is empty', [{ role: 'user', content: '  ' }]],
    [
      'messages[0].parts: must be at most',
      [{ role: 'user', parts: Array.from({ length: 2001 }, () => ({ type: 'text', text: 'x' })) }],
    ],
    ['id: must be', { id: 7, messages: [{ role: 'user', content: 'hi' }] }],
  ])('names the field: %s', (words, body) => {
    expect(field(body)).toContain(words)
  })
})
