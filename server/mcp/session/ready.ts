/** The phase with a connection, and what ends it. */
import { msg } from '#shared/messages/create'
import { callAnswered, callFailed, callStarted, callStopped, callWithoutSession, hasWrite } from './calls'
import { lose, loseSilent, steadied } from './losing'
import { stay } from './state'
import type { Context, ReadyState, SessionEvent, Step } from './state'

export function whenReady(state: ReadyState, event: SessionEvent, context: Context): Step {
  if ('link' in event && event.link !== state.link)
    return event.type === 'call-failed' ? callWithoutSession(state, event) : stay(state)
  const { link, history, calls } = state
  switch (event.type) {
    case 'wanted':
      return stay(state, { type: 'release-callers' })
    case 'reconnect-requested':
      // A requested reconnect must not interrupt a running change.
      return hasWrite(calls) ? stay(state) : lose(state, msg('mcp-reconnect-asked'), context)
    case 'credentials-renewed':
      if (event.credentials <= state.credentials || hasWrite(calls)) return stay(state)
      // Caused by us, so not a failure of the server.
      return lose(steadied(state), msg('mcp-credentials-renewed'), context)
    case 'closed':
      return lose(state, event.reason, context)
    case 'error':
      if (context.transport === 'sse' && event.fault === 'session') return lose(state, event.reason, context)
      if (context.transport !== 'http' || !event.isStream) return stay(state)
      return stay(state, { type: 'ping', link, streamBroke: true })
    case 'list-changed':
      return stay(state, { type: 'list-tools', link })
    case 'tools-listed':
      return stay({ ...state, history: { ...history, tools: event.tools } })
    case 'steady-due':
      return stay(steadied(state))
    case 'ping-due':
      // Silence during a call means nothing: mcp-server-kubernetes answers no ping while kubectl runs.
      return calls.size > 0 ? stay(state) : stay(state, { type: 'ping', link, streamBroke: false })
    case 'ping-failed': {
      const isIdle = calls.size === 0
      const isHung = isIdle || (context.isOwn && !hasWrite(calls))
      if (event.fault === 'timeout' && isHung) return loseSilent(state, event.reason, context)
      if (event.fault === 'session' && (isIdle || event.streamBroke)) return lose(state, event.reason, context)
      return stay(state)
    }
    case 'heard':
      return stay({ ...state, silentSince: undefined })
    case 'call-started':
      return callStarted(state, event, context)
    case 'call-answered':
      return callAnswered(state, event)
    case 'call-stopped':
      return callStopped(state, event)
    case 'call-failed':
      return callFailed(state, event, context)
    case 'start':
    case 'stop':
    case 'attempt-due':
    case 'connected':
    case 'connect-failed':
    case 'discarded':
      return stay(state)
  }
}
