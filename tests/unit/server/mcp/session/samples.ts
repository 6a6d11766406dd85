/** A state of each kind, and an event of each kind, for the tests of the session's state machine. */
import { quotedWords } from '../../../../../shared/messages/create'
import { DEFAULT_TIMING } from '../../../../../server/mcp/session/options'
import { initialState } from '../../../../../server/mcp/session/state'
import type {
  Call,
  Context,
  ReadyState,
  SessionEffect,
  SessionEvent,
  SessionHistory,
  SessionState,
  Step,
} from '../../../../../server/mcp/session/state'

const WHY = quotedWords('why')

export const timing = {
  ...DEFAULT_TIMING,
  attempts: 3,
  backoffMs: 100,
  backoffMaxMs: 1000,
  slowMs: 9000,
  sseGapMs: 600,
}
export const http: Context = { now: 10_000, timing, transport: 'http', isOwn: false }
export const sse: Context = { ...http, transport: 'sse' }
/** With a program of ours. */
export const own: Context = { ...http, isOwn: true }

/** The connection of each state has this number; the one before is gone. */
export const link = 2
const GONE = 1

export const history: SessionHistory = {
  lastLink: link,
  opened: 1,
  failures: 0,
  reason: undefined,
  closedAt: 1000,
  since: 1000,
  tools: [],
}
export const ready: ReadyState = {
  phase: 'ready',
  history,
  link,
  steady: true,
  credentials: 1,
  silentSince: undefined,
  calls: new Map(),
}
export const call: Call = { kind: 'read', startedAt: 5000 }

export const STATES: Record<string, SessionState> = {
  idle: { ...initialState(0) },
  connecting: { phase: 'connecting', history, link },
  ready,
  /** A read is under way, and one that came before it got no answer. */
  silent: { ...ready, silentSince: 4000, calls: new Map([[7, call]]) },
  writing: {
    ...ready,
    calls: new Map([
      [7, call],
      [8, { ...call, kind: 'write' }],
    ]),
  },
  resetting: { phase: 'resetting', history, link },
  reconnecting: { phase: 'reconnecting', history: { ...history, failures: 1 } },
  failed: { phase: 'failed', history: { ...history, failures: 3 } },
  closed: { phase: 'closed', history },
}

export const fails = { type: 'call-failed', link, call: 7, kind: 'read', reason: WHY } as const
export const EVENTS: Record<string, SessionEvent> = {
  start: { type: 'start' },
  stop: { type: 'stop' },
  wanted: { type: 'wanted' },
  'reconnect-requested': { type: 'reconnect-requested' },
  'credentials-renewed': { type: 'credentials-renewed', credentials: 2 },
  'credentials-renewed, as before': { type: 'credentials-renewed', credentials: 1 },
  'attempt-due': { type: 'attempt-due' },
  connected: { type: 'connected', link, credentials: 1 },
  'connected, gone': { type: 'connected', link: GONE, credentials: 1 },
  'connect-failed': { type: 'connect-failed', link, fault: 'session', reason: WHY },
  'connect-failed, timeout': { type: 'connect-failed', link, fault: 'timeout', reason: WHY },
  'connect-failed, gone': { type: 'connect-failed', link: GONE, fault: 'session', reason: WHY },
  closed: { type: 'closed', link, reason: WHY },
  'closed, gone': { type: 'closed', link: GONE, reason: WHY },
  discarded: { type: 'discarded', link },
  'discarded, gone': { type: 'discarded', link: GONE },
  'error of a call': { type: 'error', link, fault: 'call', reason: WHY, isStream: false },
  'error of the stream': { type: 'error', link, fault: 'session', reason: WHY, isStream: true },
  'error of the stream, gone': { type: 'error', link: GONE, fault: 'session', reason: WHY, isStream: true },
  'list-changed': { type: 'list-changed', link },
  'list-changed, gone': { type: 'list-changed', link: GONE },
  'tools-listed': { type: 'tools-listed', link, tools: [{ name: 'get', inputSchema: { type: 'object' } }] },
  'tools-listed, gone': { type: 'tools-listed', link: GONE, tools: [] },
  'steady-due': { type: 'steady-due', link },
  'steady-due, gone': { type: 'steady-due', link: GONE },
  'ping-due': { type: 'ping-due' },
  'ping-failed, session': { type: 'ping-failed', link, fault: 'session', reason: WHY, streamBroke: false },
  'ping-failed, stream broke': { type: 'ping-failed', link, fault: 'session', reason: WHY, streamBroke: true },
  'ping-failed, timeout': { type: 'ping-failed', link, fault: 'timeout', reason: WHY, streamBroke: true },
  'ping-failed, call': { type: 'ping-failed', link, fault: 'call', reason: WHY, streamBroke: true },
  'ping-failed, gone': { type: 'ping-failed', link: GONE, fault: 'session', reason: WHY, streamBroke: true },
  heard: { type: 'heard', link },
  'heard, gone': { type: 'heard', link: GONE },
  'call-started': { type: 'call-started', link, call: 9, kind: 'read' },
  'call-started, gone': { type: 'call-started', link: GONE, call: 9, kind: 'read' },
  'call-answered': { type: 'call-answered', link, call: 7 },
  'call-answered, gone': { type: 'call-answered', link: GONE, call: 7 },
  'call-stopped': { type: 'call-stopped', link, call: 7 },
  'call-stopped, gone': { type: 'call-stopped', link: GONE, call: 7 },
  'call-failed': { ...fails, fault: 'call' },
  'call-failed, timeout': { ...fails, fault: 'timeout' },
  'call-failed, session': { ...fails, fault: 'session' },
  'call-failed, session, write': { ...fails, call: 8, kind: 'write', fault: 'session' },
  'call-failed, gone': { ...fails, link: GONE, fault: 'session' },
  'call-failed, gone, single-read': { ...fails, link: GONE, kind: 'single-read', fault: 'call' },
}

/** The phase, what of it changed, and the effects. */
export function told({ state, effects }: Step, before: SessionState): string {
  const { history } = state
  const facts = [
    state.phase,
    history.failures !== before.history.failures && `${history.failures} failures`,
    history.reason !== before.history.reason && `because ${history.reason?.text}`,
    history.tools !== before.history.tools && 'other tools',
    state.phase === 'ready' && before.phase === 'ready' && readyFacts(state, before),
  ]
  return [facts.filter(Boolean).join(', '), ...effects.map(effectWords)].join(' | ')
}

function readyFacts(state: ReadyState, before: ReadyState): string {
  const facts = [
    state.calls.size !== before.calls.size && `${state.calls.size} calls`,
    state.silentSince !== before.silentSince && `silent since ${state.silentSince}`,
  ]
  return facts.filter(Boolean).join(', ')
}

function effectWords(effect: SessionEffect): string {
  switch (effect.type) {
    case 'open':
    case 'discard':
    case 'list-tools':
    case 'schedule-steady':
      return `${effect.type} ${effect.link}`
    case 'ping':
      return effect.streamBroke ? 'ping, stream broke' : 'ping'
    case 'schedule-attempt':
      return `in ${effect.ms}`
    case 'settle-call':
      return `${effect.verdict} ${effect.call}`
    default:
      return effect.type
  }
}
