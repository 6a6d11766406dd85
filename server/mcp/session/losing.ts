/** The end of a connection, and what counts as a failure of the server. */
import { resetAtLimit, withFailure } from './connecting'
import { afterEffects } from './state'
import type { Context, ReadyState, Step } from './state'

/** Its calls fail at once, and another connection follows when it is closed. */
export function lose({ history, steady, link }: ReadyState, reason: string, context: Context): Step {
  const lost = { ...history, reason, closedAt: context.now }
  const next = steady ? lost : withFailure(lost)
  return {
    state: { phase: 'resetting', history: next, link },
    effects: [
      ...resetAtLimit(next, context),
      { type: 'discard', link, reason },
      { type: 'log', level: 'warn', message: 'MCP session lost' },
    ],
  }
}

/** A program that gave no answer may hang, and then a new session would get none either. */
export function loseSilent(state: ReadyState, reason: string, context: Context): Step {
  return afterEffects([{ type: 'replace-program' }], lose(state, reason, context))
}

/** From here on its loss is the first failure. */
export function steadied(state: ReadyState): ReadyState {
  return { ...state, steady: true, history: { ...state.history, failures: 0 } }
}
