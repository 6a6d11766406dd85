import { readUIMessageStream } from 'ai'
import { describe, expect, it } from 'vitest'
import { quotedWords } from '../../../shared/messages/create'
import type { AppUIMessage, AppUIMessageChunk } from '../../../shared/chat/ui-message'
import type { TurnEvent } from '../../../server/agent/events'
import { collectAnswer } from '../../../server/stream/json-answer'
import { UiChunkWriter } from '../../../server/stream/ui-chunks'
import { modelTool } from '../../support/brands'

const outcome = {
  status: 'ok' as const,
  forModel: 'web 1/1',
  forPerson: { kind: 'table' as const, columns: ['NAME'], rows: [['web']] },
  durationMs: 3,
}
const EVENTS: TurnEvent[] = [
  { type: 'notice', message: quotedWords('small window') },
  { type: 'step-start' },
  { type: 'reasoning-delta', text: 'Let me ' },
  { type: 'reasoning-delta', text: 'look.' },
  { type: 'window', usage: { used: 100, total: 4096, shortened: 0 } },
  { type: 'tool-call', call: { id: 'a', name: modelTool('pods_list'), arguments: { namespace: 'shop' } } },
  { type: 'tool-result', id: 'a', outcome },
  { type: 'step-end' },
  { type: 'step-start' },
  { type: 'text-delta', text: 'Lost ' },
  { type: 'step-reset' },
  { type: 'text-delta', text: 'One ' },
  { type: 'text-delta', text: 'pod.' },
  { type: 'step-end' },
  { type: 'finish', reason: 'stop', usage: { promptTokens: 10, completionTokens: 2 } },
]

const INFO = { turnId: 'turn-0123456789ab', messageId: 'm1', requestId: 'r1', model: 'm', startedAt: 0 }

async function* turn(events: TurnEvent[]): AsyncGenerator<TurnEvent, void, void> {
  yield* events
}

function streamOf<T>(items: T[]): ReadableStream<T> {
  return new ReadableStream({
    start(controller) {
      for (const item of items) controller.enqueue(item)
      controller.close()
    },
  })
}

/** Reads the chunks with the AI SDK's own reader, as the page does. */
async function readWithSdk(events: TurnEvent[]): Promise<AppUIMessage> {
  const writer = new UiChunkWriter(INFO)
  const chunks: AppUIMessageChunk[] = [...writer.start(), ...events.flatMap((event) => writer.next(event))]
  let last: AppUIMessage | undefined
  for await (const message of readUIMessageStream<AppUIMessage>({ stream: streamOf(chunks) })) last = message
  if (!last) throw new Error('no message was read')
  return last
}

describe('the UI message stream', () => {
  it('is read by the AI SDK as one message with all its parts', async () => {
    const message = await readWithSdk(EVENTS)
    expect(message.parts).toMatchObject([
      { type: 'step-start' },
      { type: 'reasoning', text: 'Let me look.', state: 'done' },
      {
        type: 'dynamic-tool',
        toolCallId: 'a',
        toolName: 'pods_list',
        input: { namespace: 'shop' },
        state: 'output-available',
        output: { status: 'ok', text: 'web 1/1', durationMs: 3 },
      },
      { type: 'data-result', id: 'a', data: { toolCallId: 'a', result: { kind: 'table' } } },
      { type: 'step-start' },
      { type: 'text', text: 'One pod.', state: 'done' },
    ])
    expect(message.metadata).toMatchObject({
      requestId: 'r1',
      model: 'm',
      notices: [quotedWords('small window')],
      window: { total: 4096 },
      finishReason: 'stop',
    })
  })

  it('carries an error with its code and request id', async () => {
    const message = await readWithSdk([
      { type: 'step-start' },
      { type: 'text-delta', text: 'Ha' },
      { type: 'error', code: 'model-cut', detail: quotedWords('It broke.') },
    ])
    expect(message.metadata).toMatchObject({
      finishReason: 'error',
      error: {
        ...{ code: 'model-cut', message: 'It broke.', requestId: 'r1' },
        localized: { code: 'words', params: { words: 'It broke.' } },
      },
    })
    expect(message.parts.at(-1)).toMatchObject({ type: 'text', text: 'Ha', state: 'done' })
  })
})

describe('the JSON answer', () => {
  it('has text, calls with structured results, usage and reason', async () => {
    expect(await collectAnswer(turn(EVENTS), 'r1')).toEqual({
      message: { role: 'assistant', content: 'One pod.' },
      toolCalls: [
        {
          id: 'a',
          name: modelTool('pods_list'),
          arguments: { namespace: 'shop' },
          status: 'ok',
          result: outcome.forPerson,
        },
      ],
      usage: { promptTokens: 10, completionTokens: 2 },
      steps: 2,
      finishReason: 'stop',
      notices: [quotedWords('small window')],
    })
  })

  it('keeps the parts received before the turn failed', async () => {
    const answer = await collectAnswer(
      turn([
        { type: 'step-start' },
        { type: 'text-delta', text: 'Half' },
        { type: 'step-end' },
        { type: 'error', code: 'model-busy', detail: quotedWords('Busy.') },
        { type: 'finish', reason: 'error', usage: { promptTokens: 0, completionTokens: 0 } },
      ]),
      'r1',
    )
    expect(answer).toMatchObject({
      message: { content: 'Half' },
      finishReason: 'error',
      error: { code: 'model-busy', requestId: 'r1' },
    })
  })
})
