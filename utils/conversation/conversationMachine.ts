/** The state machine of a conversation on the page: what a person or the server does, and what follows from it. Pure. */
import type { AppUIMessage } from '#shared/ui-message'
import { holdsChange, isAllAnswered, pendingApprovals, withDecisions, type Decision } from '../approval/approvals'
import { closeOpenAnswer, titleOf } from '../chat/messages'
import { isNotStarted, withContinuation } from '../turn/continuation'
import { isUnanswered, lastTurnId, withTurn, type NewTurn } from '../turn/turns'

export interface ConversationState {
  /** `loading`: the messages are read from the browser; `resuming`: the server is asked for the turn of a reloaded page. */
  phase: 'loading' | 'ready' | 'resuming'
  /** The AI SDK's chat writes an answer. */
  isStreaming: boolean
  messages: AppUIMessage[]
  /** The turn under way, otherwise the last one. */
  turn?: string
  /** The connection to the turn was lost: the server stops it before the next one starts. */
  isTurnOpen: boolean
}

export type ConversationEvent =
  | { type: 'loaded' | 'reloaded' | 'resumed' | 'regenerate' | 'retry'; newTurn: NewTurn }
  | { type: 'send'; text: string; newTurn: NewTurn }
  | { type: 'edit'; messageId: string; text: string; newTurn: NewTurn }
  | { type: 'decide'; decisions: readonly Decision[]; newTurn: NewTurn }
  | { type: 'finished'; isError: boolean }
  | { type: 'stop' }

export type ConversationEffect =
  /** Asks the server to end a turn. */
  | { type: 'stop-turn'; turn: string }
  /** Posts a question; with `messageId` in place of that one and all that followed it. */
  | { type: 'ask'; text: string; messageId?: string; metadata: NewTurn }
  /** Posts the messages as they are: the last question again, or the answers to its approvals. */
  | { type: 'regenerate' | 'continue' }
  /** Reads the turn that the server may still have. */
  | { type: 'resume' }
  | { type: 'stop-stream' | 'clear-error' | 'save' }
  /** The conversation moves to the top of the list. */
  | { type: 'touch'; title: string }
  /** The conversation's first question was edited. */
  | { type: 'retitle'; before: AppUIMessage; title: string }
  /** Posts the page's own "go on": the text is in the reader's language. */
  | { type: 'ask-to-go-on' }

export interface Step {
  state: ConversationState
  effects: ConversationEffect[]
}

export const INITIAL_STATE: ConversationState = {
  phase: 'loading',
  isStreaming: false,
  messages: [],
  isTurnOpen: false,
}

export function isBusy({ phase, isStreaming }: Pick<ConversationState, 'phase' | 'isStreaming'>): boolean {
  return phase === 'resuming' || isStreaming
}

/** Whether the last answer must stay: it holds the results of a change. */
export function mustKeepAnswer({ messages }: Pick<ConversationState, 'messages'>): boolean {
  return holdsChange(messages.at(-1))
}

/** @returns the next state, and what has to be done for it; the same state and nothing for an event that may not happen now. */
export function reduce(state: ConversationState, event: ConversationEvent): Step {
  switch (event.type) {
    case 'loaded':
      if (state.phase !== 'loading') return { state, effects: [] }
      return resume({ ...state, phase: 'ready' }, event.newTurn)
    case 'reloaded':
      if (isBusy(state) || state.phase === 'loading') return { state, effects: [] }
      return before(resume(state, event.newTurn), { type: 'clear-error' })
    case 'resumed':
      return resumed(state, event.newTurn)
    case 'send':
      return send(state, event.text, event.newTurn)
    case 'edit':
      return edit(state, event.messageId, event.text, event.newTurn)
    case 'decide':
      return decide(state, event.decisions, event.newTurn)
    case 'regenerate':
      return regenerate(state, event.newTurn)
    case 'retry':
      return retry(state, event.newTurn)
    case 'finished':
      return { state: finished(state, event.isError), effects: [] }
    case 'stop':
      return stop(state)
  }
}

/**
 * A reload, or another tab, left the last question open: the server may still have its answer. Answers to approvals that
 * the server does not know of are sent.
 */
function resume(state: ConversationState, newTurn: NewTurn): Step {
  const next = withTurnId(state, lastTurnId(state.messages))
  if (isAllAnswered(state.messages)) return continueTurn(next, newTurn)
  if (!isUnanswered(state.messages)) return { state: next, effects: [] }
  return { state: { ...next, phase: 'resuming' }, effects: [{ type: 'resume' }] }
}

function resumed(state: ConversationState, newTurn: NewTurn): Step {
  if (state.phase !== 'resuming') return { state, effects: [] }
  const next: ConversationState = { ...state, phase: 'ready' }
  if (isNotStarted(state.messages.at(-1))) return continueTurn(next, newTurn)
  // An answer that came to its end, or was stopped, is closed already.
  return { state: { ...next, messages: closeOpenAnswer(state.messages, 'lost') }, effects: [] }
}

/** Starts a turn, unless one is under way. */
function start(state: ConversationState, turn: string): Step | undefined {
  if (isBusy(state) || state.phase === 'loading') return undefined
  const isOpen = state.isTurnOpen && state.turn !== undefined
  return {
    state: { ...state, turn, isTurnOpen: false },
    effects: isOpen ? [{ type: 'stop-turn', turn: state.turn ?? '' }] : [],
  }
}

function send(state: ConversationState, text: string, metadata: NewTurn): Step {
  const mayAsk = text.trim() !== '' && pendingApprovals(state.messages.at(-1)).length === 0
  const step = mayAsk ? start(state, metadata.turnId) : undefined
  if (!step) return { state, effects: [] }
  const messages = closeOpenAnswer(state.messages)
  return after({ ...step, state: { ...step.state, messages } }, touch(text), { type: 'ask', text, metadata })
}

function edit(state: ConversationState, messageId: string, text: string, metadata: NewTurn): Step {
  const step = text.trim() === '' ? undefined : start(state, metadata.turnId)
  if (!step) return { state, effects: [] }
  const [first] = state.messages
  const retitle: ConversationEffect[] =
    first?.id === messageId ? [{ type: 'retitle', before: first, title: titleOf(text) }] : []
  return after(step, ...retitle, touch(text), { type: 'ask', text, messageId, metadata })
}

/** The answers to approvals are written into the last message; the last of them continues the turn. */
function decide(state: ConversationState, decisions: readonly Decision[], newTurn: NewTurn): Step {
  if (isBusy(state) || pendingApprovals(state.messages.at(-1)).length === 0) return { state, effects: [] }
  const next = { ...state, messages: withDecisions(state.messages, decisions) }
  if (isAllAnswered(next.messages)) return continueTurn(next, newTurn)
  return { state: next, effects: [{ type: 'save' }] }
}

/** Posts the answers to the approvals of the last message: once, unless nothing came back. */
function continueTurn(state: ConversationState, { turnId }: NewTurn): Step {
  if (isBusy(state) || state.phase === 'loading') return { state, effects: [] }
  // Under its own id, if it has one: the server may have started it though its answer was lost.
  const turn = (isNotStarted(state.messages.at(-1)) ? lastTurnId(state.messages) : undefined) ?? turnId
  const messages = withContinuation(state.messages, turn)
  // Saved at once, so that a reload in the next moment does not ask for the approvals again.
  return { state: { ...state, turn, isTurnOpen: false, messages }, effects: [{ type: 'save' }, { type: 'continue' }] }
}

/** Answers the last question again, in place of the answer it has. */
function regenerate(state: ConversationState, newTurn: NewTurn): Step {
  const may = state.messages.length > 0 && !mustKeepAnswer(state)
  const step = may ? start(state, newTurn.turnId) : undefined
  if (!step) return { state, effects: [] }
  const messages = withTurn(state.messages, newTurn)
  return after({ ...step, state: { ...step.state, messages } }, { type: 'regenerate' })
}

/** Repeats what failed; after a change, asks the model to go on instead. */
function retry(state: ConversationState, newTurn: NewTurn): Step {
  if (isNotStarted(state.messages.at(-1))) return continueTurn(state, newTurn)
  return mustKeepAnswer(state) ? { state, effects: [{ type: 'ask-to-go-on' }] } : regenerate(state, newTurn)
}

function finished(state: ConversationState, isError: boolean): ConversationState {
  const isTurnOpen = isError && isUnanswered(state.messages)
  // What was approved and did not reach the server can be sent again.
  if (isError && isNotStarted(state.messages.at(-1))) return { ...state, isTurnOpen }
  return { ...state, isTurnOpen, messages: closeOpenAnswer(state.messages, isError ? 'lost' : 'aborted') }
}

/** Ends the answer here and at the server, at once. What had arrived stays. */
function stop(state: ConversationState): Step {
  if (!isBusy(state)) return { state, effects: [] }
  const stopTurn: ConversationEffect[] = state.turn === undefined ? [] : [{ type: 'stop-turn', turn: state.turn }]
  // While the server is asked for a turn, there is nothing under way that the chat would close.
  const messages = state.isStreaming ? state.messages : closeOpenAnswer(state.messages)
  return { state: { ...state, messages }, effects: [...stopTurn, { type: 'stop-stream' }] }
}

function touch(question: string): ConversationEffect {
  return { type: 'touch', title: titleOf(question) }
}

function withTurnId(state: ConversationState, turn: string | undefined): ConversationState {
  const { turn: _, ...rest } = state
  return { ...rest, ...(turn !== undefined && { turn }) }
}

function before(step: Step, ...effects: ConversationEffect[]): Step {
  return { ...step, effects: [...effects, ...step.effects] }
}

function after(step: Step, ...effects: ConversationEffect[]): Step {
  return { ...step, effects: [...step.effects, ...effects] }
}
