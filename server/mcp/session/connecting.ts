/** The phases without a connection: opening, closing the old one, or waiting for the next attempt. */
import { stay, afterEffects } from './state'
import type { Context, SessionEffect, SessionEvent, SessionHistory, SessionState, Step } from './state'

type Phase<P extends SessionState['phase']> = Extract<SessionState, { phase: P }>

/** Opens a connection now. */
export function attempt(history: SessionHistory): Step {
  const link = history.lastLink + 1
  return {
    state: { phase: 'connecting', history: { ...history, lastLink: link }, link },
    effects: [{ type: 'open', link }],
  }
}

export function whenConnecting(state: Phase<'connecting'>, event: SessionEvent, context: Context): Step {
  if (!('link' in event) || event.link !== state.link) return stay(state)
  const { link, history } = state
  switch (event.type) {
    case 'connected':
      return {
        state: {
          phase: 'ready',
          history: { ...history, opened: history.opened + 1, reason: undefined },
          link,
          steady: false,
          credentials: event.credentials,
          silentSince: undefined,
          calls: new Map(),
        },
        effects: [
          { type: 'schedule-steady', link, ms: context.timing.steadyMs },
          { type: 'log', level: 'info', message: 'MCP session ready' },
          { type: 'release-callers' },
        ],
      }
    case 'connect-failed': {
      const failed = withFailure({ ...history, reason: event.reason, closedAt: context.now })
      const effects: SessionEffect[] = [
        { type: 'log', level: 'warn', message: 'MCP session could not be opened' },
        ...(event.fault === 'timeout' ? [{ type: 'replace-program' as const }] : resetAtLimit(failed, context)),
      ]
      return afterEffects(effects, pause(failed, context))
    }
    case 'list-changed':
      return stay(state, { type: 'list-tools', link })
    case 'tools-listed':
      return stay({ ...state, history: { ...history, tools: event.tools } })
    default:
      return stay(state)
  }
}

export function whenResetting(state: Phase<'resetting'>, event: SessionEvent, context: Context): Step {
  if (event.type !== 'discarded' || event.link !== state.link) return stay(state)
  return pause({ ...state.history, closedAt: context.now }, context)
}

export function whenPausing(
  state: Phase<'reconnecting'> | Phase<'failed'>,
  event: SessionEvent,
  context: Context,
): Step {
  if (event.type === 'attempt-due') return attempt(state.history)
  if (event.type !== 'wanted') return stay(state)
  const atLeastMs = gapLeft(state.history, context)
  if (atLeastMs <= 0) return attempt(state.history)
  return stay(state, { type: 'schedule-attempt', ms: atLeastMs, atLeastMs })
}

export function withFailure(history: SessionHistory): SessionHistory {
  return { ...history, failures: history.failures + 1 }
}

/** At the maximum number of attempts, and periodically after it. */
export function resetAtLimit({ failures }: SessionHistory, { timing }: Context): SessionEffect[] {
  return failures > 0 && failures % timing.attempts === 0 ? [{ type: 'replace-program' }] : []
}

/** Waits for the next attempt, or makes it now. */
function pause(history: SessionHistory, context: Context): Step {
  const { failures } = history
  const { attempts, slowMs, backoffMs, backoffMaxMs } = context.timing
  const isFailed = failures >= attempts
  const backoff = failures === 0 ? 0 : Math.min(backoffMaxMs, backoffMs * 2 ** (failures - 1))
  const ms = isFailed ? slowMs : backoff
  const atLeastMs = gapLeft(history, context)
  if (ms <= 0 && atLeastMs <= 0) return attempt(history)
  return {
    state: { phase: isFailed ? 'failed' : 'reconnecting', history },
    effects: [{ type: 'schedule-attempt', ms, atLeastMs }, ...(isFailed ? [{ type: 'release-callers' as const }] : [])],
  }
}

/** An HTTP+SSE server may exit if reconnected to at once. In milliseconds. */
function gapLeft({ closedAt }: SessionHistory, { now, timing, transport }: Context): number {
  if (transport !== 'sse' || closedAt === undefined) return 0
  return Math.max(0, closedAt + timing.sseGapMs - now)
}
