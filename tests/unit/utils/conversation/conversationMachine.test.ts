import { describe, expect, it } from 'vitest'
import type { AppUIMessage } from '../../../../shared/chat/ui-message'
import {
  INITIAL_STATE,
  reduce,
  type ConversationEvent,
  type ConversationState,
} from '../../../../utils/conversation/conversationMachine'
import { approvalOf } from '../approval/approvalServer'

const newTurn = { turnId: 'new' }
const question: AppUIMessage = {
  id: 'q',
  role: 'user',
  parts: [{ type: 'text', text: 'Show me all pods' }],
  metadata: { turnId: 'old' },
}
const answered = reply({ finishReason: 'stop' })
const cutOff = reply({})
const lost = reply({ finishReason: 'lost' })
const asking = approval('approval-requested')
const decided = approval('approval-responded')
/** Its answers were posted, and nothing came back. */
const posted = {
  ...decided,
  metadata: { turnId: 'posted', continuesAt: decided.parts.length },
}
const changed: AppUIMessage = {
  ...reply({ finishReason: 'stop' }),
  parts: [
    {
      type: 'dynamic-tool',
      toolName: 'kubectl_scale',
      toolCallId: 'c',
      input: {},
      state: 'output-available',
      output: { status: 'ok', text: '', durationMs: 0 },
      approval: { id: 'a', approved: true },
    },
  ],
}

function reply(metadata: AppUIMessage['metadata']): AppUIMessage {
  return { id: 'r', role: 'assistant', parts: [{ type: 'text', text: 'Two', state: 'done' }], metadata }
}

function approval(state: 'approval-requested' | 'approval-responded'): AppUIMessage {
  const call = { type: 'dynamic-tool', toolName: 'kubectl_scale', toolCallId: 'c', input: {} } as const
  const part: AppUIMessage['parts'][number] =
    state === 'approval-requested'
      ? { ...call, state, approval: { id: 'approval-c' } }
      : { ...call, state, approval: { id: 'approval-c', approved: true } }
  return {
    id: 'r',
    role: 'assistant',
    metadata: { turnId: 'old', finishReason: 'approval-required' },
    parts: [part, { type: 'data-approval', id: 'c', data: approvalOf('c') }],
  }
}

const STATES = {
  loading: INITIAL_STATE,
  empty: { ...INITIAL_STATE, phase: 'ready' },
  unanswered: ready(question),
  'cut off': ready(question, cutOff),
  lost: { ...ready(question, lost), turn: 'old', isTurnOpen: true },
  answered: ready(question, answered),
  changed: ready(question, changed),
  asking: ready(question, asking),
  decided: ready(question, decided),
  posted: ready(question, posted),
  resuming: { ...ready(question, cutOff), phase: 'resuming', turn: 'old' },
  streaming: { ...ready(question, cutOff), isStreaming: true, turn: 'old' },
} satisfies Record<string, ConversationState>
type StateName = keyof typeof STATES

function ready(...messages: AppUIMessage[]): ConversationState {
  return { ...INITIAL_STATE, phase: 'ready', messages }
}

const EVENTS = {
  loaded: { type: 'loaded', newTurn },
  reloaded: { type: 'reloaded', newTurn },
  resumed: { type: 'resumed', newTurn },
  send: { type: 'send', text: 'And now?', newTurn },
  'send nothing': { type: 'send', text: ' \n', newTurn },
  edit: { type: 'edit', messageId: 'q', text: 'And now?', newTurn },
  decide: { type: 'decide', decisions: [{ id: 'approval-c', approved: true }], newTurn },
  regenerate: { type: 'regenerate', newTurn },
  retry: { type: 'retry', newTurn },
  finished: { type: 'finished', isError: false },
  failed: { type: 'finished', isError: true },
  stop: { type: 'stop' },
} satisfies Record<string, ConversationEvent>
type EventName = keyof typeof EVENTS

/** What an event brings about in each state: the types of its effects; a state that is not named here has none. */
const TABLE: Record<EventName, Partial<Record<StateName, string>>> = {
  loaded: {},
  reloaded: {
    empty: 'clear-error',
    unanswered: 'clear-error resume',
    'cut off': 'clear-error resume',
    lost: 'clear-error resume',
    answered: 'clear-error',
    changed: 'clear-error',
    asking: 'clear-error',
    decided: 'clear-error save continue',
    posted: 'clear-error resume',
  },
  resumed: {},
  send: {
    empty: 'touch ask',
    unanswered: 'touch ask',
    'cut off': 'touch ask',
    lost: 'stop-turn touch ask',
    answered: 'touch ask',
    changed: 'touch ask',
    decided: 'touch ask',
    posted: 'touch ask',
  },
  'send nothing': {},
  edit: {
    empty: 'touch ask',
    unanswered: 'retitle touch ask',
    'cut off': 'retitle touch ask',
    lost: 'stop-turn retitle touch ask',
    answered: 'retitle touch ask',
    changed: 'retitle touch ask',
    asking: 'retitle touch ask',
    decided: 'retitle touch ask',
    posted: 'retitle touch ask',
  },
  decide: { asking: 'save continue' },
  regenerate: {
    unanswered: 'regenerate',
    'cut off': 'regenerate',
    lost: 'stop-turn regenerate',
    answered: 'regenerate',
    asking: 'regenerate',
    decided: 'regenerate',
    posted: 'regenerate',
  },
  retry: {
    unanswered: 'regenerate',
    'cut off': 'regenerate',
    lost: 'stop-turn regenerate',
    answered: 'regenerate',
    changed: 'ask-to-go-on',
    asking: 'regenerate',
    decided: 'regenerate',
    posted: 'save continue',
  },
  finished: {},
  failed: {},
  stop: { resuming: 'stop-turn stop-stream', streaming: 'stop-turn stop-stream' },
}

const names = Object.keys(STATES) as StateName[]
const cases = (Object.keys(EVENTS) as EventName[]).flatMap((event) => names.map((state) => [event, state] as const))

describe('the state machine of a conversation', () => {
  it.each(cases)('performs what "%s" asks for when it is %s', (event, state) => {
    const { effects } = reduce(STATES[state], EVENTS[event])
    expect(effects.map(({ type }) => type).join(' ')).toBe(TABLE[event][state] ?? '')
  })

  it.each(cases)('changes no given state at "%s" when it is %s', (event, state) => {
    const before = structuredClone(STATES[state])
    reduce(STATES[state], EVENTS[event])
    expect(STATES[state]).toEqual(before)
  })

  it.each([
    ['empty', ''],
    ['unanswered', 'resume'],
    ['cut off', 'resume'],
    ['lost', 'resume'],
    ['answered', ''],
    ['changed', ''],
    ['asking', ''],
    ['decided', 'save continue'],
    ['posted', 'resume'],
  ] as const)('resumes a conversation that was kept %s', (state, expected) => {
    const { effects } = reduce({ ...STATES[state], phase: 'loading' }, EVENTS.loaded)
    expect(effects.map(({ type }) => type).join(' ')).toBe(expected)
  })

  it('ignores an event that may not happen now', () => {
    for (const event of ['send', 'edit', 'decide', 'regenerate'] as const)
      for (const state of ['loading', 'streaming', 'resuming'] as const)
        expect(reduce(STATES[state], EVENTS[event])).toEqual({ state: STATES[state], effects: [] })
  })

  it('keeps the id of the turn that is asked for', () => {
    const { state, effects } = reduce(STATES.answered, EVENTS.send)
    expect(state).toMatchObject({ turn: 'new', isTurnOpen: false })
    expect(effects.at(-1)).toEqual({ type: 'ask', text: 'And now?', metadata: newTurn })
  })

  it('stops a turn whose connection was lost before it starts another', () => {
    expect(reduce(STATES.lost, EVENTS.send).effects[0]).toEqual({ type: 'stop-turn', turn: 'old' })
  })

  it('continues a turn that was posted under its own id', () => {
    expect(reduce(STATES.posted, EVENTS.retry).state.turn).toBe('posted')
    expect(reduce({ ...STATES.decided, phase: 'loading' }, EVENTS.loaded).state.turn).toBe('new')
  })

  it('closes an answer that the server no longer has as lost', () => {
    const { state } = reduce(STATES.resuming, EVENTS.resumed)
    expect(state.phase).toBe('ready')
    expect(state.messages.at(-1)?.metadata?.finishReason).toBe('lost')
  })

  it('continues after a resume that found that the answers to approvals had not arrived', () => {
    const { state, effects } = reduce({ ...STATES.posted, phase: 'resuming' }, EVENTS.resumed)
    expect(effects.map(({ type }) => type)).toEqual(['save', 'continue'])
    expect(state.turn).toBe('posted')
  })

  it('closes what a stop left open, and says why it ended', () => {
    expect(reduce(STATES['cut off'], EVENTS.finished).state.messages.at(-1)?.metadata?.finishReason).toBe('aborted')
    const failed = reduce(STATES['cut off'], EVENTS.failed).state
    expect(failed.messages.at(-1)?.metadata?.finishReason).toBe('lost')
    expect(failed.isTurnOpen).toBe(true)
  })

  it('leaves answers to approvals that did not reach the server as they are', () => {
    expect(reduce(STATES.posted, EVENTS.failed).state.messages).toBe(STATES.posted.messages)
  })

  it('closes an answer at a stop only if the chat does not', () => {
    expect(reduce(STATES.streaming, EVENTS.stop).state.messages).toBe(STATES.streaming.messages)
    expect(reduce(STATES.resuming, EVENTS.stop).state.messages.at(-1)?.metadata?.finishReason).toBe('aborted')
  })
})
