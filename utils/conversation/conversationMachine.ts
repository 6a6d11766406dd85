/** A conversation's pure state machine: events of user and server, and their effects. */
import type { AppUIMessage } from '#shared/chat/ui-message'
import { holdsChange, isAllAnswered, pendingApprovals, withDecisions, type Decision } from '../approval/approvals'
import type { Asked } from '#shared/chat/asked'
import { closeOpenAnswer, titleOf } from '../chat/messages'
import { commandMessages, withCommandRead } from '../commands/commandMessages'
import type { CommandPlan, CommandRead, OpenRead } from '../commands/commandMessages'
import { keepLastAnswer } from './earlierAnswers'
import { isNotStarted, withContinuation } from '../turn/continuation'
import { isUnanswered, lastTurnId, withTurn, type NewTurn } from '../turn/turns'

export interface ConversationState {
  /**
   * `loading`: reading messages from the browser; `resuming`: asking the server for a reloaded page's turn; `reading`:
   * a command reads the cluster without the model.
   */
  phase: 'loading' | 'ready' | 'resuming' | 'reading'
  /** The AI SDK's chat is writing an answer. */
  isStreaming: boolean
  messages: AppUIMessage[]
  /** The current turn, otherwise the last one. */
  turn?: string
  /** The turn's connection was lost: the server stops it before the next one starts. */
  isTurnOpen: boolean
}

export type ConversationEvent =
  | { type: 'loaded' | 'reloaded' | 'resumed' | 'regenerate' | 'retry'; newTurn: NewTurn }
  | { type: 'send'; text: string; newTurn: NewTurn }
  | { type: 'edit'; messageId: string; text: string; newTurn: NewTurn }
  | { type: 'decide'; decisions: readonly Decision[]; newTurn: NewTurn }
  | { type: 'finished'; isError: boolean }
  /** A command of the prompt. With `messageId` it replaces that question and everything after it. */
  | { type: 'run'; text: string; plan: CommandPlan; asked?: Asked; messageId?: string }
  /** `next`: the read of a runbook that follows. */
  | { type: 'ran'; callId: string; read: CommandRead; next?: OpenRead }
  | { type: 'stop' }
  /** An edit is taken back. */
  | { type: 'restored'; messages: AppUIMessage[] }

export type ConversationEffect =
  /** Asks the server to end a turn. */
  | { type: 'stop-turn'; turn: string }
  /** Posts a question; with `messageId` it replaces that one and everything after it. */
  | { type: 'ask'; text: string; messageId?: string; metadata: NewTurn }
  /** Posts the messages unchanged: the last question again, or answers to its approvals. */
  | { type: 'regenerate' | 'continue' }
  /** Resumes a turn that the server may still have. */
  | { type: 'resume' }
  | { type: 'stop-stream' | 'stop-read' | 'clear-error' | 'save' }
  /** Reads the cluster for a command. */
  | { type: 'read'; plan: CommandPlan }
  /** Moves the conversation to the top of the list. */
  | { type: 'touch'; title: string }
  /** The conversation's first question was edited. */
  | { type: 'retitle'; before: AppUIMessage; title: string }
  /** Posts a request to continue in the reader's language. */
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
  return phase === 'resuming' || phase === 'reading' || isStreaming
}

/** Whether the last answer must stay: it holds results of a change. */
export function mustKeepAnswer({ messages }: Pick<ConversationState, 'messages'>): boolean {
  return holdsChange(messages.at(-1))
}

/** @returns the next state and its effects; the unchanged state for an event that is not allowed now */
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
    case 'run':
      return run(state, event)
    case 'ran':
      return ran(state, event.callId, event.read, event.next)
    case 'stop':
      return stop(state)
    case 'restored':
      if (isBusy(state)) return { state, effects: [] }
      return { state: { ...state, messages: event.messages }, effects: [{ type: 'clear-error' }, { type: 'save' }] }
  }
}

/**
 * A reload or another tab left the last question open: the server may still have its answer. Unsent answers to
 * approvals are sent.
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
  // A finished or stopped answer is already closed.
  return { state: { ...next, messages: closeOpenAnswer(state.messages, 'lost') }, effects: [] }
}

/** Starts a turn, unless one is running. */
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

/** Adds answers to the last message; the last one continues the turn. */
function decide(state: ConversationState, decisions: readonly Decision[], newTurn: NewTurn): Step {
  if (isBusy(state) || pendingApprovals(state.messages.at(-1)).length === 0) return { state, effects: [] }
  const next = { ...state, messages: withDecisions(state.messages, decisions) }
  if (isAllAnswered(next.messages)) return continueTurn(next, newTurn)
  return { state: next, effects: [{ type: 'save' }] }
}

/** Posts the answers to the last message's approvals once, unless nothing came back. */
function continueTurn(state: ConversationState, { turnId }: NewTurn): Step {
  if (isBusy(state) || state.phase === 'loading') return { state, effects: [] }
  // Reuses its id, if any: the server may have started it although the response was lost.
  const turn = (isNotStarted(state.messages.at(-1)) ? lastTurnId(state.messages) : undefined) ?? turnId
  const messages = withContinuation(state.messages, turn)
  // Saved at once, so that a reload does not ask again.
  return { state: { ...state, turn, isTurnOpen: false, messages }, effects: [{ type: 'save' }, { type: 'continue' }] }
}

/** Replaces the answer to the last question. */
function regenerate(state: ConversationState, newTurn: NewTurn): Step {
  const may = state.messages.length > 0 && !mustKeepAnswer(state)
  const step = may ? start(state, newTurn.turnId) : undefined
  if (!step) return { state, effects: [] }
  const messages = withTurn(keepLastAnswer(state.messages), newTurn)
  return after({ ...step, state: { ...step.state, messages } }, { type: 'regenerate' })
}

/** Repeats what failed; after a change, asks the model to continue instead. */
function retry(state: ConversationState, newTurn: NewTurn): Step {
  if (isNotStarted(state.messages.at(-1))) return continueTurn(state, newTurn)
  return mustKeepAnswer(state) ? { state, effects: [{ type: 'ask-to-go-on' }] } : regenerate(state, newTurn)
}

function finished(state: ConversationState, isError: boolean): ConversationState {
  const isTurnOpen = isError && isUnanswered(state.messages)
  // Approved calls that did not reach the server can be sent again.
  if (isError && isNotStarted(state.messages.at(-1))) return { ...state, isTurnOpen }
  return { ...state, isTurnOpen, messages: closeOpenAnswer(state.messages, isError ? 'lost' : 'aborted') }
}

/** Adds a command and its open call, as a question and its answer. */
function run(state: ConversationState, event: Extract<ConversationEvent, { type: 'run' }>): Step {
  const { text, plan, messageId } = event
  const mayRun = state.phase === 'ready' && !isBusy(state) && pendingApprovals(state.messages.at(-1)).length === 0
  if (!mayRun) return { state, effects: [] }
  const replaced = state.messages.findIndex(({ id }) => id === messageId)
  const kept = replaced < 0 ? closeOpenAnswer(state.messages) : state.messages.slice(0, replaced)
  const messages = [...kept, ...commandMessages(event)]
  const effects: ConversationEffect[] = [{ type: 'clear-error' }, touch(text), { type: 'save' }]
  return { state: { ...state, phase: 'reading', messages }, effects: [...effects, { type: 'read', plan }] }
}

function ran(state: ConversationState, callId: string, read: CommandRead, next?: OpenRead): Step {
  if (state.phase !== 'reading') return { state, effects: [] }
  const messages = withCommandRead(state.messages, callId, read, next)
  return { state: { ...state, phase: next ? 'reading' : 'ready', messages }, effects: [{ type: 'save' }] }
}

/** Stops the answer here and at the server. The text so far stays. */
function stop(state: ConversationState): Step {
  if (!isBusy(state)) return { state, effects: [] }
  if (state.phase === 'reading')
    return {
      state: { ...state, phase: 'ready', messages: closeOpenAnswer(state.messages) },
      effects: [{ type: 'stop-read' }, { type: 'save' }],
    }
  const stopTurn: ConversationEffect[] = state.turn === undefined ? [] : [{ type: 'stop-turn', turn: state.turn }]
  // While resuming, the chat has nothing to close.
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
