import { describe, expect, it } from 'vitest'
import type { AppUIMessage } from '#shared/chat/ui-message'
import {
  closeOpenAnswer,
  hasContent,
  messagesToPost,
  messageText,
  resultsByCall,
  titleOf,
} from '../../../../utils/chat/messages'

const question: AppUIMessage = { id: 'u1', role: 'user', parts: [{ type: 'text', text: 'Show me all pods' }] }
const table = { kind: 'table', columns: ['NAME'], rows: [['cart']] } as const
const output = { status: 'ok', text: '1 pod', durationMs: 12 } as const

function answer(parts: AppUIMessage['parts'], metadata?: AppUIMessage['metadata']): AppUIMessage {
  return { id: 'a1', role: 'assistant', parts, ...(metadata && { metadata }) }
}

const done: AppUIMessage = answer(
  [
    { type: 'step-start' },
    { type: 'reasoning', text: 'thinking', state: 'done' },
    { type: 'dynamic-tool', toolCallId: 'c1', toolName: 'pods_list', state: 'output-available', input: {}, output },
    {
      type: 'data-result',
      id: 'c1',
      data: { toolCallId: 'c1', result: { ...table, columns: [...table.columns], rows: [['cart']] } },
    },
    { type: 'text', text: 'There is one pod.', state: 'done' },
  ],
  { finishReason: 'stop' },
)

describe('messagesToPost', () => {
  it('takes out results for people and the reasoning of older answers, and keeps calls with their outputs', () => {
    const posted = messagesToPost([question, done, { ...question, id: 'u2' }])
    expect(posted.map((message) => message.parts.map((part) => part.type))).toEqual([
      ['text'],
      ['step-start', 'dynamic-tool', 'text'],
      ['text'],
    ])
    expect(JSON.stringify(posted)).not.toContain('cart')
  })

  it('keeps the reasoning of the last message, which is being continued', () => {
    const types = messagesToPost([question, done])[1]?.parts.map((part) => part.type)
    expect(types).toContain('reasoning')
    expect(types).not.toContain('data-result')
  })

  it('leaves out answers that hold nothing', () => {
    const posted = messagesToPost([question, answer([{ type: 'step-start' }]), { ...question, id: 'u2' }])
    expect(posted.map((message) => message.id)).toEqual(['u1', 'u2'])
  })

  it('does not change what it was given', () => {
    const before = structuredClone(done)
    messagesToPost([question, done, question])
    expect(done).toEqual(before)
  })
})

describe('closeOpenAnswer', () => {
  const open = answer([
    { type: 'reasoning', text: 'hm', state: 'streaming' },
    { type: 'dynamic-tool', toolCallId: 'c1', toolName: 'pods_list', state: 'output-available', input: {}, output },
    {
      type: 'dynamic-tool',
      toolCallId: 'c2',
      toolName: 'pods_log',
      title: 'Logs',
      state: 'input-available',
      input: { a: 1 },
    },
    { type: 'text', text: 'Half an ans', state: 'streaming' },
  ])

  it('gives every open call a result and ends every part', () => {
    const [, closed] = closeOpenAnswer([question, open])
    expect(closed?.metadata?.finishReason).toBe('aborted')
    expect(closed?.parts).toEqual([
      { type: 'reasoning', text: 'hm', state: 'done' },
      open.parts[1],
      {
        type: 'dynamic-tool',
        toolCallId: 'c2',
        toolName: 'pods_log',
        title: 'Logs',
        state: 'output-available',
        input: { a: 1 },
        output: { status: 'cancelled', text: 'Cancelled by the user.', durationMs: 0 },
      },
      { type: 'text', text: 'Half an ans', state: 'done' },
    ])
  })

  it('keeps an error that the server reported', () => {
    const error = { code: 'model-cut', message: 'The model server closed the connection.', requestId: 'r1' } as const
    expect(closeOpenAnswer([question, { ...open, metadata: { error } }])[1]?.metadata).toEqual({
      error,
      finishReason: 'error',
    })
  })

  it('tells an answer that was lost from one that was stopped, to the model, too', () => {
    const [, lost] = closeOpenAnswer([question, open], 'lost')
    expect(lost?.metadata?.finishReason).toBe('lost')
    expect(lost?.parts[2]).toMatchObject({ output: { status: 'cancelled', text: expect.stringContaining('was lost') } })
  })

  it('leaves finished answers and open questions alone', () => {
    const finished = [question, done]
    expect(closeOpenAnswer(finished)).toBe(finished)
    const asked = [question]
    expect(closeOpenAnswer(asked)).toBe(asked)
    const none: AppUIMessage[] = []
    expect(closeOpenAnswer(none)).toBe(none)
  })
})

describe('reading messages', () => {
  it('copies the text without reasoning and calls', () => {
    expect(messageText(done)).toBe('There is one pod.')
  })

  it('finds the result of a call by its id', () => {
    expect(resultsByCall(done).get('c1')?.kind).toBe('table')
    expect(resultsByCall(done).get('c2')).toBeUndefined()
  })

  it('knows an empty bubble', () => {
    expect(hasContent(answer([{ type: 'step-start' }, { type: 'text', text: ' \n' }]))).toBe(false)
    expect(hasContent(done)).toBe(true)
  })

  it('makes a title of one line, cut at a word', () => {
    expect(titleOf('  Show me\nall   pods ')).toBe('Show me all pods')
    expect(titleOf('word '.repeat(40))).toMatch(/^(word )*word…$/)
    expect(titleOf('x'.repeat(200))).toBe(`${'x'.repeat(60)}…`)
  })
})
