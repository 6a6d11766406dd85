import { describe, expect, it } from 'vitest'
import type { AppUIMessage } from '../../../../shared/chat/ui-message'
import { messagesToPost, resultsByCall } from '../../../../utils/chat/messages'
import type { CommandPlan } from '../../../../utils/commands/commandMessages'
import { INITIAL_STATE, reduce, type ConversationState } from '../../../../utils/conversation/conversationMachine'

const ready: ConversationState = { ...INITIAL_STATE, phase: 'ready' }
const call = { tool: 'kubectl_get', arguments: { resource: 'pods' } }
const read = {
  output: { status: 'ok' as const, text: 'two pods', durationMs: 3 },
  result: { kind: 'text' as const, text: 'Two pods' },
}
const run = (state: ConversationState, messageId?: string) =>
  reduce(state, {
    type: 'run',
    text: '/pods',
    plan: { reads: [{ call, callId: 'c' }] },
    ...(messageId !== undefined && { messageId }),
  })
const types = (step: ReturnType<typeof run>) => step.effects.map(({ type }) => type)

describe('a command', () => {
  it('is a question whose answer is one call, and is read without the model', () => {
    const step = run(ready)
    expect(step.state.messages.map(({ role }) => role)).toEqual(['user', 'assistant'])
    expect(types(step)).toEqual(['clear-error', 'touch', 'save', 'read'])
    const { state } = reduce(step.state, { type: 'ran', callId: 'c', read })
    const answer = state.messages.at(-1)
    expect(state.phase).toBe('ready')
    expect(answer?.metadata).toMatchObject({ finishReason: 'stop', isCommand: true })
    expect(answer && resultsByCall(answer).get('c')).toEqual(read.result)
  })

  it('is read by the model with the next question', () => {
    const { state } = reduce(run(ready).state, { type: 'ran', callId: 'c', read })
    const posted = JSON.stringify(messagesToPost(state.messages))
    expect(posted).toContain('two pods')
    expect(posted).not.toContain('data-result')
  })

  it('waits for approvals and for the answer that is being written', () => {
    expect(types(run({ ...ready, isStreaming: true }))).toEqual([])
    expect(types(run({ ...ready, phase: 'loading' }))).toEqual([])
  })

  it('is stopped without a result, and a late one is ignored', () => {
    const stopped = reduce(run(ready).state, { type: 'stop' })
    expect(types(stopped)).toEqual(['stop-read', 'save'])
    expect(stopped.state.messages.at(-1)?.metadata?.finishReason).toBe('aborted')
    expect(reduce(stopped.state, { type: 'ran', callId: 'c', read }).effects).toEqual([])
  })

  it('replaces an edited question and what followed it', () => {
    const messages: AppUIMessage[] = [
      { id: 'one', role: 'user', parts: [{ type: 'text', text: 'one' }] },
      { id: 'two', role: 'user', parts: [{ type: 'text', text: 'two' }] },
    ]
    const step = run({ ...ready, messages }, 'two')
    expect(step.state.messages.map(({ id }) => id)[0]).toBe('one')
    expect(step.state.messages).toHaveLength(3)
  })
})

describe('a runbook', () => {
  const first = { call, callId: 'c' }
  const second = { call: { tool: 'kubectl_events', arguments: {} }, callId: 'd' }
  const plan: CommandPlan = { reads: [first, second], runbook: { title: { en: 'Cart' } }, ask: 'Why?' }
  const started = () => reduce(ready, { type: 'run', text: '/cart-down', plan })
  const calls = ({ messages }: ConversationState) =>
    messages.at(-1)?.parts.flatMap((part) => (part.type === 'dynamic-tool' ? [`${part.toolCallId} ${part.state}`] : []))

  it('is one answer, whose reads open one after another', () => {
    const step = started()
    expect(calls(step.state)).toEqual(['c input-available'])
    expect(step.effects.at(-1)).toMatchObject({ type: 'read', plan: { ask: 'Why?' } })
    const between = reduce(step.state, { type: 'ran', callId: 'c', read, next: second }).state
    expect(between.phase).toBe('reading')
    expect(between.messages.at(-1)?.metadata?.finishReason).toBeUndefined()
    expect(calls(between)).toEqual(['c output-available', 'd input-available'])
    const failed = { output: { status: 'error' as const, text: 'gone', durationMs: 1 } }
    const { state } = reduce(between, { type: 'ran', callId: 'd', read: failed })
    expect(state.phase).toBe('ready')
    expect(state.messages.at(-1)?.metadata).toMatchObject({ finishReason: 'stop', runbook: { title: { en: 'Cart' } } })
    expect(JSON.stringify(messagesToPost(state.messages))).toContain('gone')
  })

  it('keeps what was read when it is stopped', () => {
    const between = reduce(started().state, { type: 'ran', callId: 'c', read, next: second }).state
    const { state } = reduce(between, { type: 'stop' })
    expect(state.phase).toBe('ready')
    expect(state.messages.at(-1)?.metadata?.finishReason).toBe('aborted')
    expect(calls(state)?.[0]).toBe('c output-available')
  })
})
