/** The states of an MCP session, the events that move it and the effects that they ask for: see `./reduce`. */
import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import type { McpState } from '#shared/health'
import type { McpFault } from '../errors'
import type { McpEndpoint } from '../connection/transport'
import type { SessionTiming } from './options'

/**
 * - `read`: repeated once on a new session if the first was lost under it.
 * - `single-read`: not repeated.
 * - `write`: not repeated, and no session is ended while one runs on it.
 */
export type RequestKind = 'read' | 'single-read' | 'write'

/** What outlives a connection. All times are monotonic milliseconds. */
export interface SessionHistory {
  /** The number of the last connection, counted from 1. */
  lastLink: number
  /** Connections that became ready. */
  opened: number
  /** Failures in a row: of opening, or of sessions that were lost before they were steady. */
  failures: number
  /** Why there is no session. */
  reason: string | undefined
  /** When the last connection was closed. */
  closedAt: number | undefined
  /** Of the last change of what the status reports. */
  since: number
  /** As last listed, also by a connection that is gone. */
  tools: readonly Tool[]
}

/** A request under way. */
export interface Call {
  kind: RequestKind
  startedAt: number
}

export interface ReadyState {
  phase: 'ready'
  history: SessionHistory
  /** The number of the connection. */
  link: number
  /** It has answered a request, or lasted a while: its loss is the first failure, and not one more. */
  steady: boolean
  /** Which credentials the server was started with. */
  credentials: number
  /** When a call was not answered in time, and nothing was heard since. */
  silentSince: number | undefined
  calls: ReadonlyMap<number, Call>
}

export type SessionState =
  | { phase: 'idle'; history: SessionHistory }
  /** A connection is being opened. */
  | { phase: 'connecting'; history: SessionHistory; link: number }
  | ReadyState
  /** The lost connection is being closed: nothing is opened before. */
  | { phase: 'resetting'; history: SessionHistory; link: number }
  /** Until the next attempt is due. */
  | { phase: 'reconnecting'; history: SessionHistory }
  /** The attempts are used up: the next ones follow at the slow pace. */
  | { phase: 'failed'; history: SessionHistory }
  | { phase: 'closed'; history: SessionHistory }

export type SessionEvent =
  | { type: 'start' }
  | { type: 'stop' }
  /** A caller waits for a session. */
  | { type: 'wanted' }
  /** Somebody asked for a new session, though this one may be well. */
  | { type: 'reconnect-requested' }
  | { type: 'credentials-renewed'; credentials: number }
  | { type: 'attempt-due' }
  | { type: 'connected'; link: number; credentials: number }
  | { type: 'connect-failed'; link: number; fault: McpFault; reason: string }
  /** The server closed the connection. */
  | { type: 'closed'; link: number; reason: string }
  /** We have closed a connection that was lost. */
  | { type: 'discarded'; link: number }
  /** An error without a request of ours; `isStream`: the SDK names the stream of events. */
  | { type: 'error'; link: number; fault: McpFault; reason: string; isStream: boolean }
  | { type: 'list-changed'; link: number }
  | { type: 'tools-listed'; link: number; tools: readonly Tool[] }
  | { type: 'steady-due'; link: number }
  | { type: 'ping-due' }
  | { type: 'ping-failed'; link: number; fault: McpFault; reason: string; streamBroke: boolean }
  /** The server answered something that is no call's result in time: a ping, or a call that was given up. */
  | { type: 'heard'; link: number }
  | { type: 'call-started'; link: number; call: number; kind: RequestKind }
  | { type: 'call-answered'; link: number; call: number }
  /** The caller gave it up. */
  | { type: 'call-stopped'; link: number; call: number }
  | { type: 'call-failed'; link: number; call: number; kind: RequestKind; fault: McpFault; reason: string }

/** What becomes of a call that failed: its error is thrown, it runs again, or it is reported as lost. */
export type Verdict = 'hand-on' | 'repeat' | 'lost'

export type SessionEffect =
  | { type: 'open'; link: number }
  /** Fails the connection's calls and closes it; an attempt that is still opening fails. */
  | { type: 'discard'; link: number; reason: string }
  /** Ends a program of ours that may hang, so that it is started again. */
  | { type: 'replace-program' }
  | { type: 'list-tools'; link: number }
  /** `streamBroke`: a call may wait for an answer that was lost with the stream. */
  | { type: 'ping'; link: number; streamBroke: boolean }
  /** Replaces an earlier one. `ms` may vary, so that several replicas do not connect at once, but not below `atLeastMs`. */
  | { type: 'schedule-attempt'; ms: number; atLeastMs: number }
  | { type: 'schedule-steady'; link: number; ms: number }
  | { type: 'cancel-timers' }
  | { type: 'settle-call'; call: number; verdict: Verdict }
  /** Callers that wait go on: there is a session, or none soon. */
  | { type: 'release-callers' }
  | { type: 'notify' }
  | { type: 'log'; level: 'info' | 'warn'; message: string }

export interface Step {
  state: SessionState
  effects: SessionEffect[]
}

export interface Context {
  /** Monotonic, in milliseconds. */
  now: number
  timing: SessionTiming
  transport: McpEndpoint['transport']
}

export function initialState(now: number): SessionState {
  const empty = { reason: undefined, closedAt: undefined, tools: [] }
  return { phase: 'idle', history: { lastLink: 0, opened: 0, failures: 0, since: now, ...empty } }
}

/** The state as given, with what is to be done. */
export function stay(state: SessionState, ...effects: SessionEffect[]): Step {
  return { state, effects }
}

/** A step with effects before its own. */
export function afterEffects(effects: readonly SessionEffect[], step: Step): Step {
  return { state: step.state, effects: [...effects, ...step.effects] }
}

/** The state as `/health` and the page know it. */
export function publicState({ phase, history }: SessionState, { attempts }: Pick<SessionTiming, 'attempts'>): McpState {
  switch (phase) {
    case 'idle':
      return 'connecting'
    case 'ready':
      return 'ready'
    case 'closed':
      return 'down'
    case 'connecting':
    case 'resetting':
    case 'reconnecting':
    case 'failed':
      if (history.failures >= attempts) return 'down'
      return history.opened === 0 ? 'connecting' : 'reconnecting'
  }
}
