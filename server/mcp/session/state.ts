/** States, events and effects of the MCP session's state machine: see `./reduce`. */
import type { Message } from '#shared/messages/message'
import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import type { McpState } from '#shared/health'
import type { McpFault } from '../errors'
import type { McpEndpoint } from '../connection/transport'
import type { SessionTiming } from './options'

/**
 * - `read`: retried once on a new session if the first was lost.
 * - `single-read`: not retried.
 * - `write`: not retried, and no session is ended while it runs.
 */
export type RequestKind = 'read' | 'single-read' | 'write'

/** Data that outlives a connection. All times are monotonic milliseconds. */
export interface SessionHistory {
  /** Number of the last connection, from 1. */
  lastLink: number
  /** Number of connections that became ready. */
  opened: number
  /** Consecutive failures: failed attempts, or sessions lost before they were steady. */
  failures: number
  /** Why there is no session. */
  reason: Message | undefined
  /** When the last connection was closed. */
  closedAt: number | undefined
  /** Of the last visible status change. */
  since: number
  /** As last listed, possibly by a former connection. */
  tools: readonly Tool[]
}

/** A pending request. */
export interface Call {
  kind: RequestKind
  startedAt: number
}

export interface ReadyState {
  phase: 'ready'
  history: SessionHistory
  link: number
  /** True after a response or some time: its loss then counts as the first failure. */
  steady: boolean
  /** The credentials that the server was started with. */
  credentials: number
  /** Time of the first unanswered call since the last response. */
  silentSince: number | undefined
  calls: ReadonlyMap<number, Call>
}

export type SessionState =
  | { phase: 'idle'; history: SessionHistory }
  /** A connection is being opened. */
  | { phase: 'connecting'; history: SessionHistory; link: number }
  | ReadyState
  /** The lost connection is being closed; nothing is opened before. */
  | { phase: 'resetting'; history: SessionHistory; link: number }
  /** Until the next attempt. */
  | { phase: 'reconnecting'; history: SessionHistory }
  /** The maximum number of attempts is reached: further ones follow at the slow pace. */
  | { phase: 'failed'; history: SessionHistory }
  | { phase: 'closed'; history: SessionHistory }

export type SessionEvent =
  | { type: 'start' }
  | { type: 'stop' }
  /** A caller waits for a session. */
  | { type: 'wanted' }
  /** A new session was requested, although this one may work. */
  | { type: 'reconnect-requested' }
  | { type: 'credentials-renewed'; credentials: number }
  | { type: 'attempt-due' }
  | { type: 'connected'; link: number; credentials: number }
  | { type: 'connect-failed'; link: number; fault: McpFault; reason: Message }
  /** The server closed the connection. */
  | { type: 'closed'; link: number; reason: Message }
  /** We have closed a lost connection. */
  | { type: 'discarded'; link: number }
  /** An error outside of our requests; `isStream`: the SDK names the event stream. */
  | { type: 'error'; link: number; fault: McpFault; reason: Message; isStream: boolean }
  | { type: 'list-changed'; link: number }
  | { type: 'tools-listed'; link: number; tools: readonly Tool[] }
  | { type: 'steady-due'; link: number }
  | { type: 'ping-due' }
  | { type: 'ping-failed'; link: number; fault: McpFault; reason: Message; streamBroke: boolean }
  /** The server responded to a ping or to a timed-out call. */
  | { type: 'heard'; link: number }
  | { type: 'call-started'; link: number; call: number; kind: RequestKind }
  | { type: 'call-answered'; link: number; call: number }
  /** The caller aborted it. */
  | { type: 'call-stopped'; link: number; call: number }
  | { type: 'call-failed'; link: number; call: number; kind: RequestKind; fault: McpFault; reason: Message }

/** How a failed call ends: its error is thrown, it is repeated, or it is reported as lost. */
export type Verdict = 'hand-on' | 'repeat' | 'lost'

export type SessionEffect =
  | { type: 'open'; link: number }
  /** Fails the connection's calls and closes it; a pending attempt fails. */
  | { type: 'discard'; link: number; reason: Message }
  /** Ends a program of ours that may hang, so that it is restarted; not while a write of any session runs in it. */
  | { type: 'replace-program' }
  | { type: 'list-tools'; link: number }
  /** `streamBroke`: a call may wait for a response that was lost with the stream. */
  | { type: 'ping'; link: number; streamBroke: boolean }
  /**
   * Replaces an earlier schedule. `ms` may vary, so that replicas do not connect at once, but not below `atLeastMs`.
   */
  | { type: 'schedule-attempt'; ms: number; atLeastMs: number }
  | { type: 'schedule-steady'; link: number; ms: number }
  | { type: 'cancel-timers' }
  | { type: 'settle-call'; call: number; verdict: Verdict }
  /** Releases waiting callers: there is a session, or none soon. */
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
  /** The server is a program of ours, which answers pings during calls. */
  isOwn: boolean
}

export function initialState(now: number): SessionState {
  const empty = { reason: undefined, closedAt: undefined, tools: [] }
  return { phase: 'idle', history: { lastLink: 0, opened: 0, failures: 0, since: now, ...empty } }
}

export function stay(state: SessionState, ...effects: SessionEffect[]): Step {
  return { state, effects }
}

/** Adds effects before those of a step. */
export function afterEffects(effects: readonly SessionEffect[], step: Step): Step {
  return { state: step.state, effects: [...effects, ...step.effects] }
}

/** The state for `/health` and the page. */
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
