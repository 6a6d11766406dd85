/** A session's requests: which may be retried, and what their errors mean for the session. */
import { msg } from '#shared/messages/create'
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

/** A session error causes a reconnect and a retry of reads; other errors go to the caller. */
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

/** The connection is already gone. */
export function callWithoutSession(state: SessionState, event: CallEvent<'call-failed'>): Step {
  return stay(state, settled(event))
}

/**
 * Detects a hung server. Our own answers pings during calls, also if the API server hangs. Others are not pinged while
 * calls keep coming: a second unanswered call, started after the first one timed out, proves it. Waits for a write that
 * may still run.
 */
function notAnswered(state: ReadyState, call: Call | undefined, context: Context): Step {
  const { silentSince, calls, link } = state
  if (context.isOwn) return stay(state, { type: 'ping', link, streamBroke: false })
  const isSecond = silentSince !== undefined && call !== undefined && call.startedAt >= silentSince
  if (isSecond && !hasWrite(calls)) return loseSilent(state, msg('mcp-silent'), context)
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
