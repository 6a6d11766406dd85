/** The requests of a session: which may be repeated, and what their errors say about the session. */
import { lose, loseSilent, steadied } from './losing'
import { stay, afterEffects } from './state'
import type { Call, Context, ReadyState, RequestKind, SessionEffect, SessionEvent, SessionState, Step } from './state'

type CallEvent<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>

export function hasWrite(calls: ReadyState['calls']): boolean {
  return [...calls.values()].some(({ kind }) => kind === 'write')
}

export function callStarted(state: ReadyState, { call, kind }: CallEvent<'call-started'>, { now }: Context): Step {
  return stay({ ...state, calls: new Map(state.calls).set(call, { kind, startedAt: now }) })
}

export function callAnswered(state: ReadyState, { call }: CallEvent<'call-answered'>): Step {
  return stay(steadied({ ...ended(state, call), silentSince: undefined }))
}

export function callStopped(state: ReadyState, { call }: CallEvent<'call-stopped'>): Step {
  return stay(ended(state, call))
}

/** Is it the session's? Reconnect, and repeat a read. Otherwise hand the error on. */
export function callFailed(state: ReadyState, event: CallEvent<'call-failed'>, context: Context): Step {
  const { call, fault, reason } = event
  const started = state.calls.get(call)
  const rest = ended(state, call)
  const handOn: SessionEffect = { type: 'settle-call', call, verdict: 'hand-on' }
  switch (fault) {
    case 'session':
      return afterEffects([settled(event)], lose(rest, reason, context))
    case 'timeout':
      return afterEffects([handOn], notAnswered(rest, started, context))
    case 'call':
      return stay({ ...rest, silentSince: undefined }, handOn)
  }
}

/** The connection is gone already. */
export function callWithoutSession(state: SessionState, event: CallEvent<'call-failed'>): Step {
  return stay(state, settled(event))
}

/**
 * A server that hangs is found out now, and not at the next ping. While questions keep coming no ping is sent: a second
 * call without an answer, begun after the first was given up, shows the same. A write that may still run is waited for.
 */
function notAnswered(state: ReadyState, call: Call | undefined, context: Context): Step {
  const { silentSince, calls, link } = state
  const isSecond = silentSince !== undefined && call !== undefined && call.startedAt >= silentSince
  if (isSecond && !hasWrite(calls)) return loseSilent(state, 'the MCP server answers nothing any more', context)
  const silent = { ...state, silentSince: silentSince ?? context.now }
  return calls.size > 0 ? stay(silent) : stay(silent, { type: 'ping', link, streamBroke: false })
}

function settled({ call, kind }: { call: number; kind: RequestKind }): SessionEffect {
  return { type: 'settle-call', call, verdict: kind === 'read' ? 'repeat' : 'lost' }
}

function ended(state: ReadyState, call: number): ReadyState {
  const calls = new Map(state.calls)
  calls.delete(call)
  return { ...state, calls }
}
