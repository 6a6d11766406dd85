/**
 * The MCP session as a state machine. Session errors cause a reconnect; after the maximum number of attempts the
 * session is reset, with its program if it is ours, and retried at a slow pace; other errors go to the caller. Events
 * that do not fit the state, such as those of an old connection, are ignored.
 */
import { msg } from '#shared/messages/create'
import { callWithoutSession } from './calls'
import { attempt, whenConnecting, whenPausing, whenResetting } from './connecting'
import { whenReady } from './ready'
import { publicState, stay } from './state'
import type { Context, SessionEvent, SessionState, Step } from './state'

/** Returns the next state and its effects. Pure. */
export function reduce(state: SessionState, event: SessionEvent, context: Context): Step {
  return reporting(state, transition(state, event, context), context)
}

function transition(state: SessionState, event: SessionEvent, context: Context): Step {
  if (event.type === 'stop') return stop(state)
  if (event.type === 'call-failed' && state.phase !== 'ready') return callWithoutSession(state, event)
  switch (state.phase) {
    case 'idle':
      return event.type === 'start' || event.type === 'wanted' ? attempt(state.history) : stay(state)
    case 'connecting':
      return whenConnecting(state, event, context)
    case 'ready':
      return whenReady(state, event, context)
    case 'resetting':
      return whenResetting(state, event, context)
    case 'reconnecting':
    case 'failed':
      return whenPausing(state, event, context)
    case 'closed':
      return whenClosed(state, event)
  }
}

function stop(state: SessionState): Step {
  if (state.phase === 'closed') return stay(state)
  const { phase, history } = state
  const reason = msg('mcp-session-closed')
  const isOpen = phase === 'connecting' || phase === 'ready'
  return {
    state: { phase: 'closed', history: { ...history, reason: msg('mcp-closed') } },
    effects: [
      { type: 'cancel-timers' },
      ...(isOpen ? [{ type: 'discard' as const, link: state.link, reason }] : []),
      { type: 'release-callers' },
    ],
  }
}

function whenClosed(state: Extract<SessionState, { phase: 'closed' }>, event: SessionEvent): Step {
  switch (event.type) {
    case 'wanted':
      return stay(state, { type: 'release-callers' })
    case 'connected':
      return stay(state, { type: 'discard', link: event.link, reason: msg('mcp-session-closed') })
    default:
      return stay(state)
  }
}

/** Records the time of a visible status change, and announces it. */
function reporting(before: SessionState, { state, effects }: Step, { now, timing }: Context): Step {
  const { history } = state
  const isNew = publicState(state, timing) !== publicState(before, timing)
  if (!isNew && history.reason?.text === before.history.reason?.text && history.tools === before.history.tools) {
    return { state, effects }
  }
  const since = isNew ? now : history.since
  return { state: { ...state, history: { ...history, since } }, effects: [...effects, { type: 'notify' }] }
}
